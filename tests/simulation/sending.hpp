// SPDX-License-Identifier: MIT
#pragma once

#include "actors/command_envelope.hpp"

#include <cafes/detail/erased_outcome.hpp>
#include <cafes/position.hpp>
#include <cafes/stream.hpp>
#include <cafes/uuid.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace cafes::test {

/// One command sent once. Its number stands in its events as causation id, so
/// that each stored event says which sending it is of.
struct sending {
  std::size_t number = 0;
  stream_name stream;
  detail::any_command asked;
  /// For people: the command, and all of it.
  std::string asks;
  std::string what;
  uuid id;
  bool retry = false;
  bool is_poisoned = false;
  /// Another owner of the log decided and stored it itself.
  bool is_foreign = false;

  // -- what became of it
  // --------------------------------------------------------

  /// What the log held of its stream when it was sent.
  version durable_before;
  std::size_t answers = 0;
  std::optional<detail::erased_outcome> ended;
  /// Its process died: nobody hears its answer.
  bool is_orphan = false;
  /// The watch answered it.
  bool is_expired = false;
  std::weak_ptr<actors::command_envelope> envelope;

  [[nodiscard]] bool is_pending() const {
    return !ended && !is_orphan && !is_foreign;
  }

  [[nodiscard]] const error* failed() const {
    return ended ? std::get_if<error>(&ended->ended) : nullptr;
  }

  [[nodiscard]] const detail::erased_outcome::accepted* accepted() const {
    return ended ? std::get_if<detail::erased_outcome::accepted>(&ended->ended)
                 : nullptr;
  }

  [[nodiscard]] const detail::any_decision::refusal* refused() const {
    return ended ? std::get_if<detail::any_decision::refusal>(&ended->ended)
                 : nullptr;
  }

  /// The answer says that this sending has stored nothing.
  [[nodiscard]] bool promises_nothing() const {
    if (refused() != nullptr)
      return true;
    return failed() != nullptr && failed()->code != errc::outcome_unknown;
  }
};

/// All of a simulation, by number; never moved.
using sendings = std::deque<sending>;

/// A number as an id, and back.
[[nodiscard]] inline uuid numbered_uuid(std::size_t number) {
  uuid made;
  for (std::size_t byte = 0; byte < sizeof(number); ++byte)
    made.bytes[15 - byte] = static_cast<std::uint8_t>(number >> (8 * byte));
  made.bytes[0] = 1; // not nil
  return made;
}

[[nodiscard]] inline std::size_t number_of(const uuid& made) {
  std::size_t number = 0;
  for (std::size_t byte = 8; byte < 16; ++byte)
    number = number << 8 | made.bytes[byte];
  return number;
}

} // namespace cafes::test
