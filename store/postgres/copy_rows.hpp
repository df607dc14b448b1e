// SPDX-License-Identifier: MIT
#pragma once

#include "store/append_plan.hpp"

#include <string>

namespace cafes::store::postgres {

/// The only log so far.
inline constexpr int log_number = 0;

/// A plan's rows in COPY's text format, in the order of columns that
/// sql/copy_streams_and_events.sql names.
[[nodiscard]] std::string stream_rows(const append_plan& plan);
[[nodiscard]] std::string event_rows(const append_plan& plan);

} // namespace cafes::store::postgres
