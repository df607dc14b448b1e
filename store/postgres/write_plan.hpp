// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/field_buffer.hpp"
#include "store/postgres/insert_rows.hpp"

namespace cafes::store::postgres {

/// Writes plans, each in one transaction that ends with the server's answer,
/// the shortest way there is: few events, also of new streams, by a prepared
/// INSERT (one round trip), many by COPY. Its buffers grow to the largest plan
/// (limits::batch_bytes_max and the rows' frames) and are used again.
/// Thread: one at a time.
class plan_writer {
public:
  /// On a new session of a store with such payloads.
  void begin_session(payload_type payload);

  [[nodiscard]] write_result write(connection& on, const append_plan& plan);

private:
  void copy(connection& on, const append_plan& plan);

  payload_type payload_ = payload_type::jsonb;
  insert_rows insert_;
  field_buffer streams_;
  field_buffer events_;
};

} // namespace cafes::store::postgres
