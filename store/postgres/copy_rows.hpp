// SPDX-License-Identifier: MIT
#pragma once

#include "store/append_plan.hpp"
#include "store/postgres/field_buffer.hpp"

#include <cstddef>
#include <cstdint>

namespace cafes::store::postgres {

/// The only log so far.
inline constexpr std::int16_t log_number = 0;

inline constexpr std::size_t stream_columns = 4;
inline constexpr std::size_t event_columns = 11;

/// The fields of a row, in the order of columns that the statements in sql/
/// name: copy_streams_and_events, insert_events, insert_streams_and_events.
void add_stream(field_buffer& to, const planned_stream& stream);
void add_event(field_buffer& to, const planned_event& planned, timestamp at,
               payload_type payload);

/// A plan's rows as a whole body of COPY's binary format, in place of what
/// `to` held.
void stream_rows(field_buffer& to, const append_plan& plan);
void event_rows(field_buffer& to, const append_plan& plan,
                payload_type payload);

} // namespace cafes::store::postgres
