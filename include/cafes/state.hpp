// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/fields.hpp>

#include <concepts>

/// Makes a struct an aggregate's state: the version of what `evolve` means,
/// and its fields. Raise the version when the same events fold to another
/// state, so that older snapshots are ignored.
#define CAFES_STATE(STATE_VERSION, ...)                                        \
  static constexpr int state_version = STATE_VERSION;                          \
  CAFES_FIELDS(__VA_ARGS__)

namespace cafes {

/// Folded events, with a version and a field list: see CAFES_STATE.
template <class Type>
concept state
  = detail::has_fields<Type> && std::default_initializable<Type> && requires {
  { Type::state_version } -> std::convertible_to<int>;
};

} // namespace cafes
