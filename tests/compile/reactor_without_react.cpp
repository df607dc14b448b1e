// SPDX-License-Identifier: MIT
#include <cafes/definition.hpp>

// A reactor that does not say whether its reaction has worked.

struct locked {
  CAFES_EVENT("door.locked", 1)
};

struct bell {
  static constexpr std::string_view name = "bell";
  using events = cafes::one_of<locked>;

  static std::string key(const cafes::event_context& where, const locked&) {
    return where.stream.key;
  }

#ifdef CAFES_HAPPY
  cafes::expected<void> react(const cafes::reaction&, const locked&) {
    return {};
  }
#else
  void react(const cafes::reaction&, const locked&) {}
#endif
};

void define() {
  cafes::definition{}.reactor<bell>(bell{});
}
