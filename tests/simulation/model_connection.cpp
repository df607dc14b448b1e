// SPDX-License-Identifier: MIT
#include "tests/simulation/model_connection.hpp"

#include "tests/simulation/model_store.hpp"

#include <algorithm>
#include <utility>

namespace cafes::test {

using store::memory::memory_log;

model_connection::model_connection(model_server& server)
  : server_{&server}, process_{server.process()} {
  server_->add(link_);
}

model_connection::~model_connection() {
  server_->remove(link_);
}

/// Never waits: who asks again does so in virtual time.
expected<store::ownership> model_connection::take(const std::string& owner,
                                                  std::chrono::milliseconds) {
  link_.session.reset();
  if (process_ != server_->process())
    return lose();
  auto& around = server_->around();
  server_->end_late_write();
  if (around.is_outage || around.goes_wrong(around.like.take_fails)) {
    around.trace.note("store: take fails");
    return lose();
  }
  if (server_->has_other_owner()) {
    around.is_disturbed = true;
    around.trace.note("store: take finds another owner");
    return failure(errc::not_owner, "log 0 is owned by another");
  }
  link_.session
    = std::make_unique<store::memory::log_connection>(server_->log());
  auto taken = link_.session->take(owner, std::chrono::milliseconds{0});
  around.trace.note("store: taken by ", owner, ", head ", taken->head);
  return taken;
}

expected<std::vector<store::type_id>>
model_connection::register_types(std::span<const detail::event_type> types) {
  return link_.session->register_types(types);
}

expected<store::known_streams>
model_connection::find_streams(std::span<const stream_name> names) {
  if (is_cut(server_->around().like.look_fails, "find_streams"))
    return lose();
  return link_.session->find_streams(names);
}

expected<std::optional<store::appended>>
model_connection::find_command(store::stream_id stream,
                               const uuid& command_id) {
  if (is_cut(server_->around().like.look_fails, "find_command"))
    return lose();
  return link_.session->find_command(stream, command_id);
}

expected<std::vector<store::event_mark>>
model_connection::marks_after(position after, std::size_t limit) {
  if (is_cut(server_->around().like.look_fails, "marks_after"))
    return lose();
  return link_.session->marks_after(after, limit);
}

store::write_result model_connection::write(const store::append_plan& plan) {
  auto& around = server_->around();
  if (is_cut(around.like.cut_before_write, "write"))
    return store::written::lost{lose().value()};
  const auto before = server_->log()->head();
  const auto drawn = draw_ending();
  auto result = write_on_its_way(plan, drawn);
  around.trace.note("store: write of ", plan.events.size(), " after ", before,
                    ", head ", server_->log()->head(),
                    std::holds_alternative<store::written::stored>(result)
                      ? ""
                      : ", told otherwise");
  return result;
}

model_connection::ending model_connection::draw_ending() {
  auto& around = server_->around();
  const auto& like = around.like;
  if (around.goes_wrong(like.lost_before_effect))
    return ending::breaks;
  if (around.goes_wrong(like.lost_with_late_effect))
    return ending::breaks_later;
  if (around.goes_wrong(like.stream_conflict))
    return ending::stream_conflict;
  if (around.goes_wrong(like.position_taken))
    return ending::taken;
  return ending::well;
}

store::write_result
model_connection::write_on_its_way(const store::append_plan& plan,
                                   ending drawn) {
  using namespace store::written;
  if (std::any_of(plan.events.begin(), plan.events.end(),
                  [](const store::planned_event& each) {
                    return each.event->data.find(poison) != std::string::npos;
                  }))
    return refused{{errc::invalid_argument, "poisoned"}};
  switch (drawn) {
    case ending::breaks:
      return lost{lose().value()};
    case ending::breaks_later:
      server_->keep_late(link_, plan);
      return lost{lose().value()};
    case ending::stream_conflict:
      return stream_conflict{};
    case ending::taken:
      return position_taken{};
    case ending::well:
      break;
  }
  auto result = link_.session->write(plan);
  auto& around = server_->around();
  if (around.goes_wrong(around.like.lost_after_effect))
    return lost{lose().value()};
  return result;
}

bool model_connection::is_cut(int rate, const char* what) {
  if (process_ != server_->process())
    return true;
  auto& around = server_->around();
  const bool is_cut = !link_.session || around.is_outage
                      || around.goes_wrong(rate);
  around.trace.note("store: ", what, is_cut ? " is cut" : "");
  return is_cut;
}

unexpected<error> model_connection::lose() {
  link_.session.reset();
  server_->around().is_disturbed = true;
  return failure(errc::unavailable, "cut by the simulation");
}

} // namespace cafes::test
