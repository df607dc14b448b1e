// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/decider.hpp>
#include <cafes/definition.hpp>
#include <cafes/projection.hpp>

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

// A decider that misbehaves when it is asked to, and projections of it that
// do so while a test wants it.

namespace cafes::test {

struct added {
  std::int64_t amount = 0;
  std::string note;
  CAFES_EVENT("tally.added", 1, amount, note)
};

/// No state can fold it.
struct cursed {
  CAFES_EVENT("tally.cursed", 1)
};

struct add {
  std::int64_t amount = 0;
  std::string note;
  CAFES_COMMAND("add", amount, note)
};

/// As `times` events of 1.
struct count {
  int times = 0;
  CAFES_COMMAND("count", times)
};

/// Nothing to do.
struct rest {
  CAFES_COMMAND("rest")
};

/// `decide` throws.
struct puzzle {
  CAFES_COMMAND("puzzle")
};

/// `decide` throws what is no std::exception.
struct riddle {
  CAFES_COMMAND("riddle")
};

/// `evolve` throws.
struct curse {
  CAFES_COMMAND("curse")
};

enum class objection { negative };

inline std::string_view to_string(objection) {
  return "negative";
}

/// A sum that never falls.
struct tally {
  static constexpr std::string_view category = "tally";

  struct state {
    std::int64_t sum = 0;
    CAFES_STATE(1, sum)
  };

  using commands = one_of<add, count, rest, puzzle, riddle, curse>;
  using events = one_of<added, cursed>;
  using decision = cafes::decision<tally, objection>;

  static decision decide(const state&, const add& asked) {
    if (asked.amount < 0)
      return decision::refuse(objection::negative);
    return added{asked.amount, asked.note};
  }

  static decision decide(const state&, const count& asked) {
    return decision::all(std::vector<event_of<tally>>(
      static_cast<std::size_t>(asked.times), added{1, ""}));
  }

  static decision decide(const state&, const rest&) {
    return decision::nothing();
  }

  static decision decide(const state&, const puzzle&) {
    throw std::runtime_error{"no idea"};
  }

  static decision decide(const state&, const riddle&) { throw 42; }

  static decision decide(const state&, const curse&) { return cursed{}; }

  static void evolve(state& now, const added& happened) {
    now.sum += happened.amount;
  }

  static void evolve(state& now, const cursed&) {
    now.sum = -1; // half done, then
    throw std::runtime_error{"cursed"};
  }
};

/// Events and their sum, by tally; refuses the events from a position on.
struct sums {
  static constexpr std::string_view name = "sums";
  static constexpr int version = 1;
  using events = one_of<added>;

  struct document {
    std::int64_t sum = 0;
    std::int64_t events = 0;
    CAFES_FIELDS(sum, events)
  };

  /// 0 is none.
  static inline std::atomic<std::int64_t> fails_from{0};

  static std::string key(const event_context& where, const added&) {
    return where.stream.key;
  }

  static void apply(document& shown, const event_context& where,
                    const added& happened) {
    if (const auto first = fails_from.load();
        first > 0 && where.at.value() >= first)
      throw std::runtime_error{"refused by the test"};
    shown.sum += happened.amount;
    ++shown.events;
  }
};

/// One document that counts all events.
struct events_seen {
  static constexpr std::string_view name = "events_seen";
  static constexpr int version = 1;
  using events = one_of<added>;

  struct document {
    std::int64_t events = 0;
    CAFES_FIELDS(events)
  };

  static std::string key(const event_context&, const added&) { return "all"; }

  static void apply(document& shown, const event_context&, const added&) {
    ++shown.events;
  }
};

[[nodiscard]] inline definition tallies() {
  definition service;
  service.aggregate<tally>().projection<sums>().projection<events_seen>();
  return service;
}

} // namespace cafes::test
