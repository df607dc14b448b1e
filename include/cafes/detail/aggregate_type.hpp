// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/aggregate_options.hpp>
#include <cafes/command.hpp>
#include <cafes/expected.hpp>
#include <cafes/recorded_event.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Templates stop here: a decider becomes a table of functions, and everything
// behind it is compiled code that handles names, versions and bytes.

namespace cafes::detail {

/// A stored event type: its name, version and readable fingerprint.
struct event_type {
  std::string name;
  int schema_version = 0;
  std::string shape;

  bool operator==(const event_type&) const = default;
};

/// A command of any type, ready to be decided.
struct any_command {
  std::size_t type = 0;
  std::shared_ptr<const void> value;
  std::size_t bytes = 0;
  /// Of type and fields: two commands under one id must have the same.
  std::uint64_t hash = 0;
};

struct encoded_event {
  /// Index into aggregate_type::events.
  std::size_t type = 0;
  std::string data;
};

/// What a decision comes to behind the registration.
struct any_decision {
  /// The refusal's number and name, when refused.
  struct refusal {
    int value = 0;
    std::string name;
  };

  std::optional<refusal> refused;
  std::vector<encoded_event> events;
  /// The same events typed, std::vector<event_of<Decider>>, for the caller.
  std::shared_ptr<void> typed;
};

/// The state of one aggregate. Thread: one at a time.
class aggregate_state {
public:
  virtual ~aggregate_state() = default;

  /// Decides; the events of an acceptance are encoded but not yet folded.
  /// Errors: those of encode (this command's events cannot be stored).
  [[nodiscard]] virtual expected<any_decision>
  decide(const any_command& asked, const context& circumstances) const = 0;

  /// Folds the events of a decision made by this object.
  virtual void evolve(const any_decision& made) = 0;

  /// Folds a stored event.
  /// Errors: unknown_type, corrupt.
  [[nodiscard]] virtual expected<void> evolve(const recorded_event& stored) = 0;

  /// The state as JSON text. Errors: those of encode.
  [[nodiscard]] virtual expected<std::string> save() const = 0;

  /// Takes the state back from what `save` made.
  /// Errors: those of decode; the state is then unchanged.
  [[nodiscard]] virtual expected<void> restore(std::string_view saved) = 0;
};

struct command_type {
  std::string name;
  /// Fields as readable shape, for messages and help.
  std::string shape;
  /// Reads a command from JSON text; unknown fields are refused.
  std::function<expected<any_command>(std::string_view)> decode;
};

struct aggregate_type {
  std::string category;
  std::vector<event_type> events;
  std::vector<command_type> commands;
  std::function<std::unique_ptr<aggregate_state>()> initial;
  /// The events of any_decision::typed, encoded.
  std::function<std::vector<encoded_event>(const void*)> encode;
  /// State version and shape, as readable text: equal text, same meaning.
  std::string state_shape;
  aggregate_options options;
};

} // namespace cafes::detail
