// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/aggregate_type.hpp>
#include <cafes/outcome.hpp>

#include <functional>
#include <memory>
#include <variant>

namespace cafes::detail {

/// An outcome behind the registration.
struct erased_outcome {
  struct accepted {
    version at_version;
    position at_position;
    bool repeated = false;
    /// As any_decision::typed; null when repeated.
    std::shared_ptr<void> events;
  };

  std::variant<accepted, any_decision::refusal, error> ended;
};

/// Hears the outcome exactly once, on a runtime thread; must not block.
using reply = std::function<void(erased_outcome&&)>;

template <class Decider>
outcome<Decider> restore(erased_outcome&& erased) {
  using variant = typename outcome<Decider>::variant;
  if (auto* failed = std::get_if<error>(&erased.ended))
    return variant{std::move(*failed)};
  if (auto* refused = std::get_if<any_decision::refusal>(&erased.ended))
    return variant{rejected<Decider>{
      static_cast<typename Decider::decision::refusal_type>(refused->value)}};
  auto& stored = std::get<erased_outcome::accepted>(erased.ended);
  accepted<Decider> answer{
    stored.at_version, stored.at_position, stored.repeated, {}};
  // Nobody else looks at them any more.
  if (stored.events)
    answer.events = std::move(
      *static_cast<std::vector<event_of<Decider>>*>(stored.events.get()));
  return variant{std::move(answer)};
}

} // namespace cafes::detail
