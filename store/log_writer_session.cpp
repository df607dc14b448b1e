// SPDX-License-Identifier: MIT
#include "store/log_writer_session.hpp"

#include "store/append_limits.hpp"

#include <cafes/detail/assert.hpp>
#include <cafes/limits.hpp>

#include <algorithm>
#include <utility>

namespace cafes::store {

log_writer_session::log_writer_session(
  std::unique_ptr<log_connection> connection)
  : connection_{std::move(connection)} {}

expected<ownership>
log_writer_session::acquire(std::string owner, std::chrono::milliseconds wait) {
  owner_ = std::move(owner);
  auto taken = connection_->take(owner_, wait);
  if (taken) {
    epoch_ = taken->taken;
    head_ = taken->head;
    numbers_->raise_to(taken->last_stream);
    stored_.begin_after(taken->last_stream);
  }
  return taken;
}

expected<std::vector<type_id>>
log_writer_session::register_types(std::span<const detail::event_type> types) {
  for (const auto& type : types)
    if (type.name.size() > limits::type_name_bytes_max)
      return failure(errc::limit_exceeded,
                     "event type " + type.name.substr(0, 80)
                       + "…: a name has at most 128 bytes");
  return connection_->register_types(types);
}

expected<std::vector<append_outcome>>
log_writer_session::append(batch_view batch) {
  if (ended_)
    return unexpected<>{*ended_};
  CAFES_ASSERT(!in_doubt_);
  if (auto fits = check_batch(batch); !fits)
    return failure_of(fits);
  outcomes_.assign(batch.size(), std::nullopt);
  failed_.assign(batch.size(), false);
  chain_.clear();
  waiting_.clear();
  check_ = false;
  isolate_ = false;
  for (std::size_t index = 0; index < batch.size(); ++index) {
    if (batch[index].checked) {
      waiting_.push_back(index);
    } else if (auto fits = check_append(batch[index]); !fits) {
      fail(index, failure_of(fits));
      check_ = true; // a later one may count on the versions of this one
    } else {
      waiting_.push_back(index);
    }
  }
  return run(batch);
}

expected<std::vector<append_outcome>>
log_writer_session::resolve(batch_view batch, std::chrono::milliseconds wait) {
  if (ended_)
    return unexpected<>{*ended_};
  CAFES_ASSERT(in_doubt_);
  const auto taken = connection_->take(owner_, wait);
  // A lock that is still held may be our own dead connection's: ask again.
  if (!taken)
    return failure(errc::unavailable, taken.error().message);
  numbers_->raise_to(taken->last_stream);
  if (taken->head < head_) {
    end(errc::log_truncated,
        "log 0 ends at position " + std::to_string(taken->head.value())
          + ", but position " + std::to_string(head_.value())
          + " has been acknowledged");
    take_back(taken->head);
    return result();
  }
  if (auto read = read_back(taken->head); !read)
    return failure_of(read);
  // Once it is known what is stored, a later owner changes nothing about it.
  if (taken->previous_owner != owner_)
    end(errc::not_owner, taken->previous_owner + " has owned log 0 since epoch "
                           + std::to_string(epoch_.value()));
  else if (taken->head > head_)
    end(errc::not_owner, "log 0: somebody else wrote position "
                           + std::to_string(head_.next().value()));
  epoch_ = taken->taken;
  in_doubt_ = false;
  return run(batch);
}

/// Plans, writes and settles until every append has its answer.
expected<std::vector<append_outcome>>
log_writer_session::run(batch_view batch) {
  while (!ended_ && !answered_all()) {
    auto plan = make_plan(batch, next_step());
    if (!plan)
      return failure_of(plan);
    plan_ = *std::move(plan);
    if (plan_.events.empty())
      continue;
    if (auto settled = settle(batch, connection_->write(plan_)); !settled)
      return failure_of(settled);
  }
  return result();
}

/// Nobody has heard of these yet: what the log has lost is not accepted.
void log_writer_session::take_back(position head) {
  for (auto& outcome : outcomes_)
    if (outcome && *outcome && (*outcome)->last_position > head)
      outcome = append_outcome{unexpected<>{*ended_}};
}

/// What was stored before the log was lost stays accepted: nothing durable is
/// reported as failed.
expected<std::vector<append_outcome>> log_writer_session::result() {
  const auto stored = std::any_of(outcomes_.begin(), outcomes_.end(),
                                  [](const auto& outcome) {
                                    return outcome && outcome->has_value();
                                  });
  if (ended_ && !stored)
    return unexpected<>{*ended_};
  std::vector<append_outcome> outcomes;
  outcomes.reserve(outcomes_.size());
  for (auto& outcome : outcomes_)
    outcomes.push_back(outcome ? *std::move(outcome)
                               : append_outcome{unexpected<>{*ended_}});
  return outcomes;
}

bool log_writer_session::answered_all() {
  std::erase_if(waiting_, [this](auto index) { return outcomes_[index]; });
  return waiting_.empty();
}

std::vector<std::size_t> log_writer_session::next_step() const {
  return isolate_ ? std::vector{waiting_.front()} : waiting_;
}

log_end log_writer_session::next_end() const {
  return {head_, now(), numbers_.get(), &stored_};
}

expected<append_plan>
log_writer_session::make_plan(batch_view batch,
                              std::span<const std::size_t> chosen) {
  plan_ = {};
  if (!check_)
    if (auto plan = plan_loaded(batch, chosen, next_end()))
      return *std::move(plan);
  check_ = true;
  if (chain_.empty())
    chain_ = chain_of(batch);
  std::vector<stream_name> names;
  names.reserve(chosen.size());
  for (const auto index : chosen)
    names.push_back(batch[index].stream);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  auto known = connection_->find_streams(names);
  if (!known)
    return doubt(known.error());
  auto plan = plan_checked(batch, chosen, {&*known, &chain_, &failed_},
                           next_end());
  if (auto answered = answer_conflicts(batch, *known, plan); !answered)
    return failure_of(answered);
  return plan;
}

expected<void> log_writer_session::answer_conflicts(batch_view batch,
                                                    const known_streams& known,
                                                    const append_plan& plan) {
  for (const auto index : plan.conflicts) {
    const auto& append = batch[index];
    const auto stream = known.find(append.stream);
    if (!append.from.command_id.is_nil() && stream != known.end()) {
      auto earlier = connection_->find_command(stream->second.id,
                                               append.from.command_id);
      if (!earlier)
        return doubt(earlier.error());
      if (*earlier) {
        auto first = **earlier;
        first.repeated = true;
        fail(index, first);
        continue;
      }
    }
    const auto current = stream == known.end() ? version{}
                                               : stream->second.current;
    auto said = to_string(append.stream) + " is at version "
                + std::to_string(current.value()) + ", expected "
                + std::to_string(append.expected.exact()->value());
    if (append.expected.admits(current))
      said += " with an append before it that was not stored";
    fail(index, failure(errc::version_conflict, std::move(said)));
  }
  return {};
}

expected<void> log_writer_session::settle(batch_view batch,
                                          const write_result& result) {
  if (std::holds_alternative<written::stored>(result)) {
    accept(plan_);
    return {};
  }
  if (std::holds_alternative<written::stream_conflict>(result)) {
    if (!check_) {
      check_ = true;
      return {};
    }
    // The versions were read under our lock: only a second writer explains it.
    end(errc::not_owner, "log 0: a stream changed under the owner");
    return {};
  }
  if (std::holds_alternative<written::position_taken>(result)) {
    end(errc::not_owner, "log 0: position "
                           + std::to_string(head_.next().value())
                           + " was written by somebody else");
    return {};
  }
  if (const auto* lost = std::get_if<written::lost>(&result))
    return doubt(lost->why);
  const auto& why = std::get<written::refused>(result).why;
  if (plan_.places.size() > 1) {
    isolate_ = true;
    return {};
  }
  check_ = true; // a later one may count on the versions of this one
  const auto index = plan_.places.front().index;
  fail(index,
       failure(why.code, to_string(batch[index].stream) + ": " + why.message));
  return {};
}

/// Accepts the plan in doubt if its events follow our last position. A plan is
/// one transaction, so it is there whole or not at all.
expected<void> log_writer_session::read_back(position head) {
  if (head == head_ || plan_.events.empty())
    return {};
  auto marks = connection_->marks_after(head_, plan_.events.size());
  if (!marks)
    return doubt(marks.error());
  const bool stored = std::equal(
    marks->begin(), marks->end(), plan_.events.begin(), plan_.events.end(),
    [&](const event_mark& mark, const planned_event& planned) {
      return mark
             == event_mark{planned.at, planned.stream, planned.at_version,
                           planned.from->command_id, plan_.recorded_at};
    });
  if (stored)
    accept(plan_);
  return {};
}

void log_writer_session::accept(const append_plan& plan) {
  for (const auto& [index, outcome] : plan.places)
    answer(index, outcome);
  for (const auto& stream : plan.new_streams)
    stored_.add(stream.id);
  head_ = plan.head;
}

void log_writer_session::answer(std::size_t index, append_outcome outcome) {
  outcomes_[index] = std::move(outcome);
}

/// Not stored, or not now: what counts on it was decided on a state that never
/// was.
void log_writer_session::fail(std::size_t index, append_outcome outcome) {
  failed_[index] = true;
  answer(index, std::move(outcome));
}

/// From here on this session answers nothing but this error: taking the log
/// once more would make us look like its rightful owner.
void log_writer_session::end(errc code, std::string message) {
  ended_ = error{code, std::move(message)};
}

unexpected<error> log_writer_session::doubt(const error& why) {
  in_doubt_ = true;
  return failure(errc::outcome_unknown, why.message);
}

} // namespace cafes::store
