// SPDX-License-Identifier: MIT
#include "actors/write/aggregate_actor.hpp"

#include "actors/fault_injection.hpp"

#include <caf/event_based_actor.hpp>

#include <algorithm>
#include <utility>

namespace cafes::actors {

namespace {

/// A conflict means that somebody else wrote; more than this many in a row
/// means that we are not the owner we believe to be.
constexpr int decisions_again_max = 5;

bool is_unknown(const store::append_outcome& verdict) {
  return !verdict && verdict.error().code == errc::outcome_unknown;
}

bool is_lost(const error& why) {
  return why.code == errc::not_owner || why.code == errc::log_truncated;
}

} // namespace

void aggregate::conclude(const append_verdict& verdict) {
  const auto found = std::find_if(in_flight_.begin(), in_flight_.end(),
                                  [&](const decided& each) {
                                    return each.ticket == verdict.ticket;
                                  });
  if (found == in_flight_.end())
    return hear_about_unknown(verdict);
  found->verdict = verdict.outcome;
  release();
}

/// Releases answers in the order of the decisions, as far as the log has come.
void aggregate::release() {
  while (!in_flight_.empty()) {
    auto& front = in_flight_.front();
    if (front.ticket != 0 && !front.verdict)
      return;
    auto done = std::move(front);
    in_flight_.pop_front();
    if (done.ticket == 0)
      is_spoilt_ ? take_back(done) : answer(done);
    else if (*done.verdict)
      accept(done);
    else
      fail(done, done.verdict->error());
  }
  reload_if_quiet();
}

void aggregate::answer(decided& done) {
  if (!done.repeated)
    return done.envelope->answer(*std::move(done.ready));
  const auto& given = done.envelope->given();
  // Its position may have become known meanwhile; one that was known may have
  // left the window.
  const auto* first = window_.find(given.from.command_id);
  if (first == nullptr)
    first = &*done.repeated;
  if (first->hash != 0 && first->hash != given.asked.hash)
    return done.envelope->fail(
      {errc::command_id_reused,
       to_string(stream_) + " has accepted another command under the id "
         + to_string(given.from.command_id)});
  done.envelope->answer({detail::erased_outcome::accepted{
    first->at_version, first->at_position, true, {}}});
}

void aggregate::accept(decided& done) {
  const auto& stored = **done.verdict;
  if (stored.repeated) {
    // Somebody else stored this command: our state is behind the log.
    done.envelope->answer({detail::erased_outcome::accepted{
      stored.last_version, stored.last_position, true, {}}});
    return spoil();
  }
  durable_ = stored.last_version;
  if (!done.envelope->given().from.command_id.is_nil())
    window_.settle(done.number, stored.last_position);
  account();
  done.envelope->answer(
    {detail::erased_outcome::accepted{stored.last_version, stored.last_position,
                                      false, std::move(done.made.typed)}});
  send_snapshot_if_durable();
}

/// What the log has refused. Behind a failure nothing is stored, so what was
/// decided there is decided again; only this one hears of it.
void aggregate::fail(decided& done, const error& why) {
  if (why.code == errc::outcome_unknown) {
    unknown_.push_front(done.ticket);
    done.envelope->fail(why);
  } else if (is_lost(why)) {
    lost_ = std::make_unique<error>(why);
    done.envelope->fail(why);
  } else if (is_spoilt_) {
    take_back(done);
  } else if (why.code == errc::version_conflict) {
    ++around_->counted->conflicts;
    if (++done.envelope->decided_again > decisions_again_max)
      done.envelope->fail(why);
    else
      take_back(done);
  } else {
    done.envelope->fail(why);
  }
  spoil();
}

void aggregate::take_back(decided& one) {
  if (one.envelope->came_back())
    again_.push_back(std::move(one.envelope));
}

/// The state has never been so: nothing is decided on it any more, and what
/// was decided on it is taken back as its turn comes.
void aggregate::spoil() {
  is_spoilt_ = true;
  must_reload_ = true;
}

void aggregate::reload_if_quiet() {
  if (must_reload_ && in_flight_.empty() && !is_frozen() && !lost_)
    recover();
}

/// The last word on an order whose sender was told that nobody knows.
void aggregate::hear_about_unknown(const append_verdict& verdict) {
  if (is_unknown(verdict.outcome))
    return;
  std::erase(unknown_, verdict.ticket);
  reload_if_quiet();
}

// -- leaving ------------------------------------------------------------------

bool aggregate::is_idle() const {
  return !is_recovering_ && !must_reload_ && !looking_up_ && waiting_.empty()
         && in_flight_.empty();
}

/// From here on the router decides: a command under way, which only it knows
/// of, keeps us.
void aggregate::answer_leave() {
  self_->send(router_,
              leave_answer{stream_, self_->id(), received_, is_idle()});
}

} // namespace cafes::actors
