// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/fields.hpp>
#include <cafes/timestamp.hpp>
#include <cafes/uuid.hpp>

#include <concepts>
#include <string_view>

/// Makes a struct a command: the name by which the command line and the API
/// know it, and its fields.
#define CAFES_COMMAND(NAME, ...)                                               \
  static constexpr ::std::string_view command_name = NAME;                     \
  CAFES_FIELDS(__VA_ARGS__)

namespace cafes {

/// An intention with a name and a field list: see CAFES_COMMAND.
template <class Type>
concept command
  = detail::has_fields<Type> && std::default_initializable<Type> && requires {
  { Type::command_name } -> std::convertible_to<std::string_view>;
};

/// What `decide` may know beside state and command: fixed when the command is
/// accepted for work, so that deciding again gives the same answer.
struct context {
  timestamp time{};
  uuid command_id{};
};

} // namespace cafes
