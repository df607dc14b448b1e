// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/decision.hpp>
#include <cafes/error.hpp>
#include <cafes/position.hpp>

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace cafes {

/// Durable: the events of the command survive the death of every process.
template <class Decider>
struct accepted {
  /// Version of the aggregate after the command's last event.
  version at_version;
  /// Position of that event in the log; pass it to a query as `at_least`.
  /// 0 when the command stored nothing.
  position at_position;
  /// True when the command id had been accepted before: this is the first
  /// answer again, and `events` is empty.
  bool repeated = false;
  std::vector<event_of<Decider>> events;
};

/// The domain said no.
template <class Decider>
struct rejected {
  typename Decider::decision::refusal_type reason;
};

/// How a command ended: exactly one of accepted, rejected, failed.
template <class Decider>
class [[nodiscard]] outcome {
public:
  using variant
    = std::variant<cafes::accepted<Decider>, cafes::rejected<Decider>, error>;

  outcome(variant ended) : ended_{std::move(ended)} {} // NOLINT: a reply

  [[nodiscard]] const cafes::accepted<Decider>* accepted() const {
    return std::get_if<cafes::accepted<Decider>>(&ended_);
  }

  [[nodiscard]] const cafes::rejected<Decider>* rejected() const {
    return std::get_if<cafes::rejected<Decider>>(&ended_);
  }

  [[nodiscard]] const error* failed() const {
    return std::get_if<error>(&ended_);
  }

private:
  variant ended_;
};

/// The same for callers that know the types only by name, such as the command
/// line: refusals and events as text.
struct named_outcome {
  struct accepted_event {
    std::string type;
    int schema_version = 0;
    std::string data;
  };

  struct accepted {
    version at_version;
    position at_position;
    bool repeated = false;
    std::vector<accepted_event> events;
  };

  struct rejected {
    std::string reason;
  };

  std::variant<accepted, rejected, error> ended;
};

} // namespace cafes
