// SPDX-License-Identifier: MIT
#include <cafes/definition.hpp>

#include <array>

// A projection whose indexed fields are no list of names.

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

#ifdef CAFES_HAPPY
  static constexpr std::array indexed{"times"};
#else
  static constexpr int indexed = 1;
#endif
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
