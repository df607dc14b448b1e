// SPDX-License-Identifier: MIT
#include "store/postgres/write_plan.hpp"

#include "store/postgres/copy_in.hpp"
#include "store/postgres/copy_rows.hpp"
#include "store/postgres/translate_error.hpp"

#include <array>
#include <string_view>

namespace cafes::store::postgres {

void plan_writer::begin_session(payload_type payload) {
  payload_ = payload;
  insert_.forget();
}

write_result plan_writer::write(connection& on, const append_plan& plan) {
  try {
    if (plan.events.size() <= insert_rows::events_max)
      insert_.write(on, plan, payload_);
    else
      copy(on, plan);
    return written::stored{};
  } catch (...) {
    return translate_write(on);
  }
}

void plan_writer::copy(connection& on, const append_plan& plan) {
  event_rows(events_, plan, payload_);
  if (plan.new_streams.empty())
    return copy_in(on, sql::copy_events, std::array{events_.bytes()});
  stream_rows(streams_, plan);
  copy_in(on, sql::copy_streams_and_events,
          std::array{streams_.bytes(), events_.bytes()});
}

} // namespace cafes::store::postgres
