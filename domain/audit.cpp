// SPDX-License-Identifier: MIT
#include "domain/audit.hpp"

namespace bank {

std::optional<std::string> audit::text_of(const cafes::uuid& id) {
  if (id.is_nil())
    return std::nullopt;
  return to_string(id);
}

void audit::add(document& command, const cafes::event_context& where,
                std::string_view kind, std::optional<cents> amount) {
  if (command.events.size() == entries_max) {
    ++command.more;
    return;
  }
  command.events.push_back(
    {to_string(where.stream), where.at_version.value(), std::string{kind},
     amount, cafes::to_string(where.recorded_at),
     text_of(where.from.correlation_id), text_of(where.from.causation_id)});
}

void audit::apply(document& command, const cafes::event_context& where,
                  const opened&) {
  add(command, where, opened::event_name, std::nullopt);
}

void audit::apply(document& command, const cafes::event_context& where,
                  const deposited& happened) {
  add(command, where, deposited::event_name, happened.amount);
}

void audit::apply(document& command, const cafes::event_context& where,
                  const withdrawn& happened) {
  add(command, where, withdrawn::event_name, happened.amount);
}

void audit::apply(document& command, const cafes::event_context& where,
                  const closed&) {
  add(command, where, closed::event_name, std::nullopt);
}

} // namespace bank
