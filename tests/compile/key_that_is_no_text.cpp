// SPDX-License-Identifier: MIT
#include <cafes/definition.hpp>

// A projection that may leave events out, and names documents by number.

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
  using key_type = std::string;
#else
  using key_type = int;
#endif
  static std::optional<key_type> key(const cafes::event_context&,
                                     const locked&) {
    return std::nullopt;
  }
  static void apply(document& door, const cafes::event_context&,
                    const locked&) {
    ++door.times;
  }
};

void define() {
  cafes::definition{}.projection<doors>();
}
