// SPDX-License-Identifier: MIT
#pragma once

#include "domain/account_events.hpp"
#include "tests/soak/passage.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

// Views that tell what was applied to them: each event once, and in order?

namespace cafes::soak {

/// A reference that streams_seen cannot apply.
inline constexpr std::string_view poison = "poison";

/// Until this is set.
inline std::atomic<bool> poison_is_harmless{false};

/// What has been seen of each stream; events behind poison wait with it. The
/// same several times, for several readers of a log.
template <std::size_t Number = 0>
struct streams_seen {
  static constexpr std::array<std::string_view, 3> names{
    "streams_seen", "streams_seen_again", "streams_seen_once_more"};
  static constexpr std::string_view name = names[Number];
  static constexpr int version = 1;
  using events = one_of<bank::opened, bank::deposited>;
  using document = passage;

  template <class Event>
  static std::string key(const event_context& where, const Event&) {
    return where.stream.key;
  }

  static void apply(document& seen, const event_context& where,
                    const bank::opened&) {
    seen.see(where.at.value());
  }

  static void apply(document& seen, const event_context& where,
                    const bank::deposited& happened) {
    seen.see(where.at.value()); // half done, if it throws
    if (happened.reference == poison && !poison_is_harmless)
      throw std::runtime_error{"poison"};
  }
};

/// What has been seen of the whole log, as one document.
template <std::size_t Number = 0>
struct log_seen {
  static constexpr std::array<std::string_view, 3> names{
    "log_seen", "log_seen_again", "log_seen_once_more"};
  static constexpr std::string_view name = names[Number];
  static constexpr int version = 1;
  using events = one_of<bank::opened, bank::deposited>;
  using document = passage;

  template <class Event>
  static std::string key(const event_context&, const Event&) {
    return "all";
  }

  template <class Event>
  static void apply(document& seen, const event_context& where, const Event&) {
    seen.see(where.at.value());
  }
};

} // namespace cafes::soak
