// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/command.hpp>
#include <cafes/decision.hpp>
#include <cafes/event.hpp>
#include <cafes/state.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace cafes {

template <class Decider>
using state_of = typename Decider::state;

template <class Decider>
using refusal_of = typename Decider::decision::refusal_type;

namespace detail {

template <class Decider, class Event>
concept evolves = requires(state_of<Decider>& state, const Event& happened) {
  { Decider::evolve(state, happened) } -> std::same_as<void>;
};

template <class Decider, class Command>
concept decides
  = requires(const state_of<Decider>& state, const Command& asked) {
  { Decider::decide(state, asked) } -> std::same_as<typename Decider::decision>;
};

template <class Decider, class Command>
concept decides_in_context = requires(const state_of<Decider>& state,
                                      const Command& asked,
                                      const context& circumstances) {
  {
    Decider::decide(state, asked, circumstances)
    } -> std::same_as<typename Decider::decision>;
};

template <class Refusal>
concept named_refusal = std::is_enum_v<Refusal> && requires(Refusal reason) {
  { to_string(reason) } -> std::convertible_to<std::string_view>;
};

// One struct per question, so that the compiler's note names the type at
// fault: "in instantiation of check_event<bank::account, bank::withdrawn>".

template <class Decider, class Event>
struct check_event {
  static_assert(event<Event>,
                "cafes: this event has no CAFES_EVENT(name, version, fields…)");
  static_assert(evolves<Decider, Event>,
                "cafes: the decider has no static void evolve(state&, const "
                "Event&) for this event");
  static constexpr bool passed = true;
};

template <class Decider, class Command>
struct check_command {
  static_assert(command<Command>,
                "cafes: this command has no CAFES_COMMAND(name, fields…)");
  static_assert(
    decides<Decider, Command> || decides_in_context<Decider, Command>,
    "cafes: the decider has no static decision decide(const "
    "state&, const Command&) for this command");
  static constexpr bool passed = true;
};

template <class Decider, class List>
struct check_events;
template <class Decider, class... Events>
struct check_events<Decider, one_of<Events...>> {
  static constexpr bool passed = (check_event<Decider, Events>::passed && ...);
};

template <class Decider, class List>
struct check_commands;
template <class Decider, class... Commands>
struct check_commands<Decider, one_of<Commands...>> {
  static constexpr bool passed = (check_command<Decider, Commands>::passed
                                  && ...);
};

} // namespace detail

/// The names that make a type a decider; what they must do is checked by
/// check_decider, which says what is missing.
template <class Type>
concept decider = requires {
  { Type::category } -> std::convertible_to<std::string_view>;
  typename Type::state;
  typename Type::commands;
  typename Type::events;
  typename Type::decision;
};

/// Fails to compile with a sentence naming the missing function or macro.
template <decider Decider>
struct check_decider {
  static_assert(state<state_of<Decider>>,
                "cafes: the decider's state has no CAFES_STATE(version, "
                "fields…)");
  static_assert(detail::named_refusal<refusal_of<Decider>>,
                "cafes: the refusal must be an enum with a to_string(refusal) "
                "beside it");
  static constexpr bool passed
    = detail::check_events<Decider, typename Decider::events>::passed
      && detail::check_commands<Decider, typename Decider::commands>::passed;
};

/// Asks the decider, with the context if it wants one.
template <decider Decider, class Command>
[[nodiscard]] typename Decider::decision decide(const state_of<Decider>& state,
                                                const Command& asked,
                                                const context& circumstances) {
  if constexpr (detail::decides_in_context<Decider, Command>)
    return Decider::decide(state, asked, circumstances);
  else
    return Decider::decide(state, asked);
}

/// Folds one event into the state.
template <decider Decider>
void evolve(state_of<Decider>& state, const event_of<Decider>& happened) {
  std::visit([&](const auto& one) { Decider::evolve(state, one); }, happened);
}

} // namespace cafes
