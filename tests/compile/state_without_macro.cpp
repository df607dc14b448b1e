// SPDX-License-Identifier: MIT
#include <cafes/definition.hpp>

// A state whose fields nobody knows.

struct locked {
  CAFES_EVENT("door.locked", 1)
};

struct lock {
  CAFES_COMMAND("lock")
};

enum class refusal { jammed };

std::string_view to_string(refusal) {
  return "jammed";
}

struct door {
  static constexpr std::string_view category = "door";
  struct state {
    bool is_locked = false;
#ifdef CAFES_HAPPY
    CAFES_STATE(1, is_locked)
#endif
  };
  using commands = cafes::one_of<lock>;
  using events = cafes::one_of<locked>;
  using decision = cafes::decision<door, refusal>;

  static decision decide(const state&, const lock&) {
    return locked{};
  }
  static void evolve(state&, const locked&) {}
};

void define() {
  cafes::definition{}.aggregate<door>();
}
