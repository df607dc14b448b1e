// SPDX-License-Identifier: MIT
#include "actors/write/log_writer.hpp"

#include "actors/finite.hpp"
#include "actors/journal.hpp"
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
    [this](append_order_ptr& order) {
      waiting_.push_back(std::move(order));
      schedule();
    },
    [this](flush) {
      scheduled_ = false;
      write();
      if (!waiting_.empty())
        schedule();
    },
    [this](settle) {
      settling_later_ = false;
      if (in_doubt_)
        static_cast<void>(settle_doubt());
    },
  };
}

/// The flush stands behind everything that is in the mailbox now: a batch is
/// what came while the last one was written, without timer or delay.
void log_writer::schedule() {
  if (!std::exchange(scheduled_, true))
    self_->send(self_, flush{});
}

void log_writer::write() {
  if (lost_)
    return refuse_waiting(*lost_);
  if (in_doubt_ && !settle_doubt())
    return;
  if (waiting_.empty())
    return;
  auto taken = take_batch();
  auto ended = around_->session->append(taken.requests);
  if (ended) {
    know_end();
    answer(taken, *ended);
    publish(taken, *ended);
    lose_if_ended();
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
  if (ended) {
    journal().info("log 0 append resolved at position {}",
                   around_->session->head().value());
    auto settled = *std::exchange(in_doubt_, {});
    know_end();
    if (!doubt_told_)
      answer(settled, *ended);
    publish(settled, *ended);
    lose_if_ended();
    return !lost_;
  }
  const auto& why = ended.error();
  const error told{errc::outcome_unknown, why.message};
  if (!std::exchange(doubt_told_, true))
    answer_all(*in_doubt_, told);
  if (is_passing(why)) {
    refuse_waiting({errc::unavailable, why.message});
    forget_end();
    settle_later();
  } else {
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

void log_writer::refuse_waiting(const error& why) {
  for (const auto& order : std::exchange(waiting_, {}))
    self_->send(order->sender,
                append_verdict{order->ticket, unexpected<>{why}});
}

void log_writer::answer(const batch& written, const outcomes& ended) {
  ++around_->counted->batches;
  for (std::size_t index = 0; index < ended.size(); ++index)
    self_->send(written.orders[index]->sender,
                append_verdict{written.orders[index]->ticket, ended[index]});
}

void log_writer::answer_all(const batch& written, const error& why) {
  for (const auto& order : written.orders)
    self_->send(order->sender,
                append_verdict{order->ticket, unexpected<>{why}});
}

/// Tells the feed what was committed, in order of position.
void log_writer::publish(batch& written, const outcomes& ended) {
  std::vector<recorded_event> events;
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
  if (events.empty())
    return;
  self_->send(
    around_->feed,
    std::make_shared<const std::vector<recorded_event>>(std::move(events)));
}

} // namespace cafes::actors
