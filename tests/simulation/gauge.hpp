// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/decider.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace cafes::test {

struct climbed {
  int by = 0;
  CAFES_EVENT("gauge.climbed", 1, by)
};

struct descended {
  int by = 0;
  CAFES_EVENT("gauge.descended", 1, by)
};

/// As so many events of 1.
struct climb {
  int steps = 0;
  CAFES_COMMAND("climb", steps)
};

struct descend {
  int steps = 0;
  CAFES_COMMAND("descend", steps)
};

/// Nothing to do.
struct stay {
  CAFES_COMMAND("stay")
};

enum class gauge_refusal { too_high, too_low };

inline std::string_view to_string(gauge_refusal why) {
  return why == gauge_refusal::too_high ? "too_high" : "too_low";
}

/// A level within bounds: what it refuses depends on all that was before.
struct gauge {
  static constexpr std::string_view category = "gauge";
  static constexpr int level_max = 9;

  struct state {
    int level = 0;
    CAFES_STATE(1, level)
  };

  using commands = one_of<climb, descend, stay>;
  using events = one_of<climbed, descended>;
  using decision = cafes::decision<gauge, gauge_refusal>;

  static decision decide(const state& now, const climb& asked) {
    if (now.level + asked.steps > level_max)
      return decision::refuse(gauge_refusal::too_high);
    return decision::all(std::vector<event_of<gauge>>(
      static_cast<std::size_t>(asked.steps), climbed{1}));
  }

  static decision decide(const state& now, const descend& asked) {
    if (now.level < asked.steps)
      return decision::refuse(gauge_refusal::too_low);
    return descended{asked.steps};
  }

  static decision decide(const state&, const stay&) {
    return decision::nothing();
  }

  static void evolve(state& now, const climbed& happened) {
    now.level += happened.by;
  }

  static void evolve(state& now, const descended& happened) {
    now.level -= happened.by;
  }
};

} // namespace cafes::test
