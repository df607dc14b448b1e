// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/aggregate_type.hpp>
#include <cafes/expected.hpp>
#include <cafes/parked.hpp>
#include <cafes/reactor_options.hpp>
#include <cafes/recorded_event.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::detail {

/// What could not be done about an event.
struct reaction_failure {
  parking_reason reason = parking_reason::handler;
  /// Without place: what was thrown, or does not decode.
  std::string message;
  /// Not to be tried again.
  bool is_final = false;
};

/// A reactor's functions. Thread: any, at the same time.
class reactor_handlers {
public:
  virtual ~reactor_handlers() = default;

  /// Whose an event is; no key when the reactor passes it over: it does not
  /// name its type, or its `key` leaves it out.
  struct read_event {
    std::optional<std::string> key;
    std::optional<reaction_failure> failed;
  };

  [[nodiscard]] virtual read_event read(const recorded_event& stored) const = 0;

  /// Has the effect. Does not throw what is a std::exception, or anything else.
  [[nodiscard]] virtual std::optional<reaction_failure>
  react(const recorded_event& stored, std::string_view idempotency_key,
        int attempt)
    = 0;
};

struct reactor_type {
  std::string name;
  std::vector<event_type> events;
  reactor_options options;
  /// Called by who is to react, whenever it begins to.
  std::function<expected<std::shared_ptr<reactor_handlers>>()> open;
};

} // namespace cafes::detail
