// SPDX-License-Identifier: MIT
#include <cafes/definition.hpp>

// A document whose fields nobody knows.

struct locked {
  CAFES_EVENT("door.locked", 1)
};

struct doors {
  static constexpr std::string_view name = "doors";
  static constexpr int version = 1;
  using events = cafes::one_of<locked>;
  struct document {
    int times = 0;
#ifdef CAFES_HAPPY
    CAFES_FIELDS(times)
#endif
  };

  static std::string key(const cafes::event_context& where, const locked&) {
    return where.stream.key;
  }
  static void apply(document& door, const cafes::event_context&,
                    const locked&) {
    ++door.times;
  }
};

void define() {
  cafes::definition{}.projection<doors>();
}
