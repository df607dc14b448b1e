// SPDX-License-Identifier: MIT
#include "actors/write/log_writer.hpp"

#include "actors/fault_injection.hpp"
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

/// Senders that are answered by the writer itself.
constexpr std::size_t answered_here_max = 4;

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
  teller_ = self_->spawn<caf::linked>(verdict_teller_actor,
                                      std::move(around_->told));
  return {
    [this](append_order_ptr& order) { take(std::move(order)); },
    [this](flush) {
      scheduled_ = false;
      write();
      if (!waiting_.empty())
        schedule();
    },
    [this](log_batch_ptr& told) { spare_ = std::move(told); },
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
    return;
  if (lost_)
    return refuse_waiting(*lost_);
  if (in_doubt_ && !settle_doubt())
    return;
  auto taken = take_batch();
  fault_point("before_commit");
  auto ended = around_->session->append(taken->requests);
  fault_point("after_commit");
  if (ended) {
    conclude(std::move(taken), *std::move(ended));
    return lose_if_ended();
  }
  if (ended.error().code == errc::outcome_unknown) {
    journal().warn("log 0 append in doubt: {}", ended.error().message);
    in_doubt_ = std::move(taken);
    doubt_told_ = false;
    static_cast<void>(settle_doubt());
    return;
  }
  refuse_all(*taken, ended.error());
  lose_if_ended();
}

log_batch_ptr log_writer::take_batch() {
  auto taken = spare_ ? std::exchange(spare_, {})
                      : std::make_shared<log_batch>();
  std::size_t events = 0;
  std::size_t bytes = 0;
  while (!waiting_.empty()) {
    auto& request = waiting_.front()->request;
    events += request.events.size();
    bytes += store::bytes_of(request);
    if (!taken->orders.empty()
        && (events > limits::batch_events_max
            || bytes > limits::batch_bytes_max))
      break;
    taken->requests.push_back(std::move(request));
    taken->orders.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return taken;
}

/// Asks the store until it says what became of the batch in doubt, or the
/// time is over, or the runtime stops. Once the senders have been told, those
/// who come later wait for one attempt only.
expected<std::vector<store::append_outcome>> log_writer::resolve() {
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
    auto settled = std::exchange(in_doubt_, {});
    conclude(std::move(settled), *std::move(ended));
    lose_if_ended();
    return !lost_;
  }
  const auto& why = ended.error();
  if (is_passing(why)) {
    if (!std::exchange(doubt_told_, true))
      refuse_all(*in_doubt_, {errc::outcome_unknown, why.message});
    refuse_waiting({errc::unavailable, why.message});
    forget_end();
    settle_later();
  } else {
    refuse_all(*in_doubt_, why);
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

void log_writer::conclude(log_batch_ptr written,
                          std::vector<store::append_outcome> outcomes) {
  written->outcomes = std::move(outcomes);
  ++around_->counted->batches;
  know_end();
  distrust_failed(*written);
  // A hop more would take longer than it saves.
  if (written->orders.size() <= answered_here_max)
    answer_senders(*self_, *written);
  self_->send(teller_, std::move(written));
}

/// Before anybody hears, who may ask at once whether the views hold it.
void log_writer::know_end() {
  around_->counted->head = around_->session->head().value();
  around_->counted->head_known = true;
}

void log_writer::forget_end() {
  around_->counted->head_known = false;
  self_->send(teller_, end_unknown{});
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

void log_writer::distrust_failed(const log_batch& ended) {
  for (std::size_t index = 0; index < ended.outcomes.size(); ++index)
    if (!ended.outcomes[index] || ended.outcomes[index]->repeated)
      distrust(*ended.orders[index]);
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

void log_writer::refuse_all(const log_batch& failed, const error& why) {
  for (const auto& order : failed.orders) {
    distrust(*order);
    refuse(*order, why);
  }
}

} // namespace cafes::actors
