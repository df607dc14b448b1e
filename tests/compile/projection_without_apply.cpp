// SPDX-License-Identifier: MIT
#include <cafes/definition.hpp>

// A projection that forgets one of its events.

struct locked {
  CAFES_EVENT("door.locked", 1)
};

struct doors {
  static constexpr std::string_view name = "doors";
  static constexpr int version = 1;
  using events = cafes::one_of<locked>;
  struct document {
    int times = 0;
    CAFES_FIELDS(times)
  };

  static std::string key(const cafes::event_context& where, const locked&) {
    return where.stream.key;
  }
#ifdef CAFES_HAPPY
  static void apply(document& door, const cafes::event_context&,
                    const locked&) {
    ++door.times;
  }
#endif
};

void define() {
  cafes::definition{}.projection<doors>();
}
