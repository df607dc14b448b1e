// SPDX-License-Identifier: MIT
#include "tests/simulation/stored_history.hpp"

#include "domain/account.hpp"
#include "tests/simulation/gauge.hpp"

#include <cafes/codec.hpp>
#include <cafes/detail/typed_aggregate.hpp>

#include <algorithm>
#include <utility>

namespace cafes::test {

namespace {

std::string at(const recorded_event& stored) {
  return to_string(stored.stream) + "@"
         + std::to_string(stored.at_version.value()) + " position "
         + std::to_string(stored.at.value());
}

bool is_within_limits(const std::string& category, const std::string& saved) {
  if (category == gauge::category) {
    const auto now = decode<gauge::state>(saved);
    return now && now->level >= 0 && now->level <= gauge::level_max;
  }
  const auto now = decode<bank::account::state>(saved);
  return now && now->balance.count() + now->overdraft_limit.count() >= 0;
}

} // namespace

stored_history::stored_history(world& around,
                               const store::memory::memory_log& log,
                               const sendings& sent)
  : around_{&around}, log_{&log}, sent_{&sent} {
  types_[std::string{gauge::category}] = detail::make_aggregate_type<gauge>();
  types_[std::string{bank::account::category}]
    = detail::make_aggregate_type<bank::account>();
}

const detail::aggregate_type& stored_history::type_of(const std::string& name) {
  return types_.at(name);
}

stored_history::stream& stored_history::look_up(const stream_name& name) {
  auto& found = streams_[name];
  if (found.states.empty())
    found.states.push_back(type_of(name.category).initial());
  return found;
}

const stored_history::stored_command*
stored_history::find(const sending& sent) {
  const auto& all = look_up(sent.stream).commands;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const stored_command& each) {
                                    return each.sent == sent.number;
                                  });
  return found == all.end() ? nullptr : &*found;
}

const stored_history::stored_command*
stored_history::find_id(const sending& sent) {
  const auto& all = look_up(sent.stream).commands;
  const auto found
    = std::find_if(all.begin(), all.end(), [&](const stored_command& each) {
        return !sent.id.is_nil() && (*sent_)[each.sent].id == sent.id;
      });
  return found == all.end() ? nullptr : &*found;
}

void stored_history::catch_up() {
  while (seen_ < log_->head() && !around_->broken) {
    const auto first = static_cast<std::size_t>(seen_.value());
    const auto& event = log_->events[first].event;
    const auto number = number_of(event.from.causation_id);
    if (event.from.causation_id.is_nil() || number >= sent_->size())
      return around_->fail("invented", at(event) + " was sent by nobody");
    auto last = first;
    while (last < log_->events.size()
           && log_->events[last].event.from == event.from)
      ++last;
    take((*sent_)[number],
         stored_events{log_->events}.subspan(first, last - first));
    seen_ = position{static_cast<std::int64_t>(last)};
  }
}

void stored_history::take(const sending& sent, stored_events events) {
  auto& in = look_up(sent.stream);
  check_promises(sent);
  check_decision(sent, in, events);
  for (const auto& stored : events) {
    const auto& event = stored.event;
    if (event.at != seen_.next() || event.at_version != in.last().next()
        || event.stream != sent.stream || event.from.command_id != sent.id)
      around_->fail("dense", at(event) + " of " + sent.what
                               + " stands in the wrong place");
    if (around_->broken)
      return;
    seen_ = event.at;
    fold(in, event);
  }
  in.commands.push_back({sent.number, in.last(), seen_});
}

void stored_history::check_promises(const sending& sent) {
  if (find(sent) != nullptr)
    around_->fail("stored twice", sent.what + " has been stored again");
  if (const auto* other = find_id(sent))
    around_->fail("id twice", sent.what + " is stored, and so is "
                                + (*sent_)[other->sent].what
                                + " under the same id");
  if (sent.is_poisoned)
    around_->fail("stored twice", sent.what + " cannot have been stored");
  if (sent.promises_nothing())
    around_->fail("nothing stored",
                  sent.what + " is stored after it was answered otherwise");
}

void stored_history::check_decision(const sending& sent, const stream& in,
                                    stored_events events) {
  const auto& type = type_of(sent.stream.category);
  const auto made = in.states.back()->decide(sent.asked, {{}, sent.id});
  const bool is_same
    = made && !made->refused
      && std::equal(made->events.begin(), made->events.end(), events.begin(),
                    events.end(), [&](const auto& decided, const auto& stored) {
                      return type.events[decided.type].name == stored.event.type
                             && decided.data == stored.event.data;
                    });
  if (!is_same)
    around_->fail("decided on the log's state",
                  sent.what + " would have decided otherwise after version "
                    + std::to_string(in.last().value()));
}

void stored_history::fold(stream& into, const recorded_event& stored) {
  auto next = type_of(stored.stream.category).initial();
  const auto saved = into.states.back()->save();
  if (!saved || !next->restore(*saved) || !next->evolve(stored))
    return around_->fail("folds", at(stored) + " cannot be folded");
  if (!is_within_limits(stored.stream.category, next->save().value_or("")))
    around_->fail("limits", at(stored) + " breaks a limit");
  into.states.push_back(std::move(next));
}

} // namespace cafes::test
