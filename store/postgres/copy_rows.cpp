// SPDX-License-Identifier: MIT
#include "store/postgres/copy_rows.hpp"

#include <string_view>

namespace cafes::store::postgres {

namespace {

using namespace std::string_view_literals;

void begin_copy(field_buffer& to) {
  to.clear();
  to.bare_bytes("PGCOPY\n\377\r\n\0"sv);
  to.bare_number(std::int32_t{0}); // flags
  to.bare_number(std::int32_t{0}); // bytes of the header's extension
}

void end_copy(field_buffer& to) {
  to.bare_number(std::int16_t{-1});
}

} // namespace

void add_stream(field_buffer& to, const planned_stream& stream) {
  to.number(stream.id.value());
  to.number(log_number);
  to.text(stream.name->category);
  to.text(stream.name->key);
}

void add_event(field_buffer& to, const planned_event& planned, timestamp at,
               payload_type payload) {
  to.number(log_number);
  to.number(planned.at.value());
  to.number(planned.stream.value());
  to.number(static_cast<std::int32_t>(planned.at_version.value()));
  to.number(static_cast<std::int32_t>(planned.event->type.value()));
  to.time(at);
  to.id(planned.from->command_id);
  to.id(planned.from->correlation_id);
  to.id(planned.from->causation_id);
  to.payload(payload, planned.event->data);
  if (planned.event->metadata.empty())
    to.null();
  else
    to.payload(payload, planned.event->metadata);
}

void stream_rows(field_buffer& to, const append_plan& plan) {
  begin_copy(to);
  for (const auto& stream : plan.new_streams) {
    to.bare_number(static_cast<std::int16_t>(stream_columns));
    add_stream(to, stream);
  }
  end_copy(to);
}

void event_rows(field_buffer& to, const append_plan& plan,
                payload_type payload) {
  begin_copy(to);
  for (const auto& planned : plan.events) {
    to.bare_number(static_cast<std::int16_t>(event_columns));
    add_event(to, planned, plan.recorded_at, payload);
  }
  end_copy(to);
}

} // namespace cafes::store::postgres
