// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <type_traits>
#include <variant>

namespace cafes {

/// A list of types: the commands or the events of a decider or a projection.
template <class... Types>
struct one_of {
  using variant = std::variant<Types...>;
  static constexpr std::size_t size = sizeof...(Types);

  template <class Type>
  static constexpr bool has = (std::is_same_v<Type, Types> || ...);

  /// Calls visit.operator()<Type>(index) for each type in order.
  template <class Visit>
  static constexpr void each(Visit&& visit) {
    std::size_t index = 0;
    (visit.template operator()<Types>(index++), ...);
  }
};

} // namespace cafes
