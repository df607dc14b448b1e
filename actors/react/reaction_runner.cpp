// SPDX-License-Identifier: MIT
#include "actors/react/reaction_runner.hpp"

#include <caf/event_based_actor.hpp>

#include <memory>
#include <system_error>
#include <utility>

namespace cafes::actors {

namespace {

/// All that a reaction uses: it must live on when its thread does.
struct reaction_job {
  react_order order;
  std::string idempotency_key;
  std::optional<detail::reaction_failure> failed;
};

} // namespace

caf::behavior reaction_runner_actor(reaction_runner::actor_type* self,
                                    std::string reactor,
                                    std::chrono::milliseconds time_max) {
  return self->state.start(std::move(reactor), time_max);
}

caf::behavior reaction_runner::start(std::string reactor,
                                     std::chrono::milliseconds time_max) {
  reactor_ = std::move(reactor);
  time_max_ = time_max;
  return {
    [this](const react_order& order) { self_->send(order.sender, run(order)); },
  };
}

reacted reaction_runner::run(const react_order& order) {
  const auto at = order.event->at;
  reacted answer{at, order.runner, {}, false};
  const auto work = std::make_shared<reaction_job>();
  // There is one log yet.
  work->idempotency_key = reactor_ + ":0:" + std::to_string(at.value());
  work->order = order;
  work->order.sender = nullptr; // a thread that is lost keeps nobody alive
  const auto react = [work] {
    work->failed = work->order.handlers->react(
      *work->order.event, work->idempotency_key, work->order.attempt);
  };
  try {
    switch (thread_.run(react, time_max_, [] { return nullptr; })) {
      case limited_thread::ended::done:
        answer.failed = std::move(work->failed);
        return answer;
      case limited_thread::ended::threw:
        answer.failed.emplace().message
          = "it ended with an exception, as where there is no memory";
        return answer;
      case limited_thread::ended::late:
        break;
    }
  } catch (const std::system_error& none) {
    answer.failed.emplace().message = std::string{"there is no thread: "}
                                      + none.what();
    return answer;
  }
  answer.is_late = true;
  answer.failed = detail::reaction_failure{
    parking_reason::handler,
    "it took longer than " + std::to_string(time_max_.count()) + " ms", true};
  return answer;
}

} // namespace cafes::actors
