// SPDX-License-Identifier: MIT
#include <cafes/definition.hpp>

#include <map>

// A field of a type that has no place in what is stored.

struct locked {
  CAFES_EVENT("door.locked", 1)
};

struct doors {
  static constexpr std::string_view name = "doors";
  static constexpr int version = 1;
  using events = cafes::one_of<locked>;
  struct document {
#ifdef CAFES_HAPPY
    std::vector<int> times;
#else
    std::map<int, int> times;
#endif
    CAFES_FIELDS(times)
  };

  static std::string key(const cafes::event_context& where, const locked&) {
    return where.stream.key;
  }
  static void apply(document&, const cafes::event_context&, const locked&) {}
};

void define() {
  cafes::definition{}.projection<doors>();
}
