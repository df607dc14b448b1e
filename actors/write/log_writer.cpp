// SPDX-License-Identifier: MIT
#include "actors/write/log_writer.hpp"

#include "actors/fault_injection.hpp"
#include "actors/finite.hpp"
#include "actors/journal.hpp"
#include "actors/read/feed.hpp"
#include "store/append_limits.hpp"

#include <cafes/limits.hpp>

#include <caf/event_based_actor.hpp>

#include <algorithm>
#include <utility>

namespace cafes::actors {

namespace {

constexpr std::chrono::milliseconds pause_min{50};
constexpr std::chrono::milliseconds pause_max{2'000};
constexpr std::chrono::milliseconds take_wait{1'000};
constexpr std::chrono::milliseconds settle_pause{500};

/// The store does not answer yet; anything else is final.
bool is_passing(const error& why) {
  return why.code == errc::unavailable || why.code == errc::outcome_unknown;
}

} // namespace

caf::behavior
log_writer_actor(log_writer::actor_type* self,
                 std::shared_ptr<log_writer_surroundings> around) {
  return self->state.start(std::move(around));
}

caf::behavior
log_writer::start(std::shared_ptr<log_writer_surroundings> around) {
  around_ = std::move(around);
  return {
    [this](append_order_ptr& order) { take(std::move(order)); },
    [this](flush) {
      scheduled_ = false;
      write();
      if (untold_ || !waiting_.empty())
        schedule();
    },
    [this](forgive asked) { distrusted_.erase(asked.sender); },
    [this](settle) {
      settling_later_ = false;
      if (in_doubt_)
        static_cast<void>(settle_doubt());
    },
  };
}

void log_writer::take(append_order_ptr order) {
  if (!distrusted_.empty() && distrusted_.contains(order->sender.id()))
    return refuse(*order, {errc::version_conflict,
                           "an earlier decision has not been stored"});
  waiting_.push_back(std::move(order));
  schedule();
}

/// The flush stands behind everything that is in the mailbox now: a batch is
/// what came while the last one was written, without timer or delay.
void log_writer::schedule() {
  if (!std::exchange(scheduled_, true))
    self_->send(self_, flush{});
}

void log_writer::write() {
  if (waiting_.empty())
    return tell();
  if (lost_)
    return refuse_waiting(*lost_);
  if (in_doubt_ && !settle_doubt())
    return;
  auto taken = take_batch();
  fault_point("before_commit");
  auto ended = around_->session->append(taken.requests);
  fault_point("after_commit");
  tell();
  if (ended) {
    know_end();
    distrust_failed(taken, *ended);
    untold_.emplace(untold_batch{std::move(taken), *std::move(ended)});
    if (around_->session->ended()) {
      tell();
      lose_if_ended();
    }
    return;
  }
  if (ended.error().code == errc::outcome_unknown) {
    journal().warn("log 0 append in doubt: {}", ended.error().message);
    in_doubt_ = std::move(taken);
    doubt_told_ = false;
    static_cast<void>(settle_doubt());
    return;
  }
  answer_all(taken, ended.error());
  lose_if_ended();
}

log_writer::batch log_writer::take_batch() {
  batch taken;
  std::size_t events = 0;
  std::size_t bytes = 0;
  while (!waiting_.empty()) {
    auto& request = waiting_.front()->request;
    events += request.events.size();
    bytes += store::bytes_of(request);
    if (!taken.orders.empty()
        && (events > limits::batch_events_max
            || bytes > limits::batch_bytes_max))
      break;
    taken.requests.push_back(std::move(request));
    taken.orders.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return taken;
}

/// Asks the store until it says what became of the batch in doubt, or the
/// time is over, or the runtime stops. Once the senders have been told, those
/// who come later wait for one attempt only.
expected<log_writer::outcomes> log_writer::resolve() {
  const auto patience = doubt_told_ ? std::chrono::milliseconds{0}
                                    : finite(around_->in_doubt_max);
  const auto until = std::chrono::steady_clock::now() + patience;
  auto pause = pause_min;
  for (;;) {
    auto ended = around_->session->resolve(in_doubt_->requests, take_wait);
    if (ended || !is_passing(ended.error()))
      return ended;
    if (std::chrono::steady_clock::now() + pause > until
        || around_->stop->pause(pause))
      return failure(errc::outcome_unknown, ended.error().message);
    pause = std::min(pause * 2, pause_max);
  }
}

/// False when the doubt remains or the log is lost: nothing can be written.
bool log_writer::settle_doubt() {
  auto ended = resolve();
  if (ended && is_planted(planted_bug::lost_in_doubt_batch))
    for (auto& each : *ended)
      each = failure(errc::unavailable, "lost by a planted bug");
  if (ended) {
    journal().info("log 0 append resolved at position {}",
                   around_->session->head().value());
    auto settled = *std::exchange(in_doubt_, {});
    know_end();
    distrust_failed(settled, *ended);
    answer(settled, *ended);
    publish(settled, *ended);
    lose_if_ended();
    return !lost_;
  }
  const auto& why = ended.error();
  if (is_passing(why)) {
    if (!std::exchange(doubt_told_, true))
      answer_all(*in_doubt_, {errc::outcome_unknown, why.message});
    refuse_waiting({errc::unavailable, why.message});
    forget_end();
    settle_later();
  } else {
    answer_all(*in_doubt_, why);
    in_doubt_.reset();
    lose_if_ended();
  }
  return false;
}

/// Part of a batch may be stored, and answered so, although the log is lost.
void log_writer::lose_if_ended() {
  if (const auto& why = around_->session->ended())
    lose(error{*why});
}

/// What was told as unknown may be there to be read, and must reach the views
/// also when no command ever comes again.
void log_writer::settle_later() {
  if (!std::exchange(settling_later_, true))
    self_->delayed_send(self_, settle_pause, settle{});
}

/// Before anybody hears, who may ask at once whether the views hold it.
void log_writer::know_end() {
  around_->counted->head = around_->session->head().value();
  around_->counted->head_known = true;
}

void log_writer::forget_end() {
  around_->counted->head_known = false;
  if (around_->feed)
    self_->send(around_->feed, end_unknown{});
}

void log_writer::lose(const error& why) {
  journal().error("log 0 lost: {}", describe(why));
  lost_ = why;
  forget_end();
  refuse_waiting(why);
  around_->on_lost(why);
  // Whoever takes the log next need not wait for the end of this process.
  around_->session.reset();
}

// -- verdicts -----------------------------------------------------------------

/// What this sender has ordered after an order that was not stored as it was
/// meant was decided on what has not happened. It must not be stored, not even
/// where its version happens to fit.
void log_writer::distrust(const append_order& failed) {
  const auto sender = failed.sender.id();
  if (!distrusted_.insert(sender).second)
    return;
  std::erase_if(waiting_, [&](const append_order_ptr& later) {
    if (later->sender.id() != sender)
      return false;
    refuse(*later,
           {errc::version_conflict, "an earlier decision has not been stored"});
    return true;
  });
}

void log_writer::distrust_failed(const batch& written, const outcomes& ended) {
  for (std::size_t index = 0; index < ended.size(); ++index)
    if (!ended[index] || ended[index]->repeated)
      distrust(*written.orders[index]);
}

void log_writer::refuse(const append_order& order, error why) {
  self_->send(order.sender,
              append_verdict{order.ticket, unexpected<>{std::move(why)}});
}

void log_writer::refuse_waiting(const error& why) {
  for (const auto& order : std::exchange(waiting_, {})) {
    distrusted_.insert(order->sender.id());
    refuse(*order, why);
  }
}

/// Sends what became of the last batch. Called while the server works on the
/// next one, or at once when there is none.
void log_writer::tell() {
  if (!untold_)
    return;
  auto told = *std::exchange(untold_, {});
  answer(told.written, told.ended);
  publish(told.written, told.ended);
}

void log_writer::answer(const batch& written, const outcomes& ended) {
  ++around_->counted->batches;
  for (std::size_t index = 0; index < ended.size(); ++index)
    self_->send(written.orders[index]->sender,
                append_verdict{written.orders[index]->ticket, ended[index]});
}

void log_writer::answer_all(const batch& written, const error& why) {
  for (const auto& order : written.orders) {
    distrust(*order);
    refuse(*order, why);
  }
}

// -- the feed -----------------------------------------------------------------

/// Tells the feed what was committed, in order of position. A feed that is
/// behind by too much reads the store instead; one that is not behind takes any
/// batch, however small its bound.
void log_writer::publish(batch& written, const outcomes& ended) {
  if (!around_->feed)
    return;
  auto events = events_of(written, ended);
  if (events.empty())
    return;
  const auto bytes = bytes_of(events);
  const auto behind = around_->feed_backlog->load();
  if (behind > 0 && behind + bytes > around_->feed_backlog_max)
    return self_->send(around_->feed, end_unknown{});
  *around_->feed_backlog += bytes;
  self_->send(
    around_->feed,
    std::make_shared<const std::vector<recorded_event>>(std::move(events)));
}

std::vector<recorded_event> log_writer::events_of(batch& written,
                                                  const outcomes& ended) const {
  std::vector<recorded_event> events;
  events.reserve(ended.size());
  for (std::size_t index = 0; index < ended.size(); ++index) {
    if (!ended[index] || ended[index]->repeated)
      continue;
    const auto& place = *ended[index];
    auto& request = written.requests[index];
    std::int64_t offset = 0;
    for (auto& event : request.events) {
      const auto type = std::find_if(
        around_->types.begin(), around_->types.end(),
        [&](const auto& known) { return known.first == event.type; });
      events.push_back({place.first_position.plus(offset), request.stream,
                        place.first_version.plus(offset), type->second.name,
                        type->second.schema_version, place.recorded_at,
                        request.from, std::move(event.data),
                        std::move(event.metadata)});
      ++offset;
    }
  }
  return events;
}

} // namespace cafes::actors
