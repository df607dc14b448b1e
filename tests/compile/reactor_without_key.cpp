// SPDX-License-Identifier: MIT
#include <cafes/definition.hpp>

// A reactor that does not say whose an event is.

struct locked {
  CAFES_EVENT("door.locked", 1)
};

struct bell {
  static constexpr std::string_view name = "bell";
  using events = cafes::one_of<locked>;

#ifdef CAFES_HAPPY
  static std::string key(const cafes::event_context& where, const locked&) {
    return where.stream.key;
  }
#endif
  cafes::expected<void> react(const cafes::reaction&, const locked&) {
    return {};
  }
};

void define() {
  cafes::definition{}.reactor<bell>(bell{});
}
