// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/fields.hpp>

#include <concepts>
#include <string_view>

/// Makes a struct an event: its stored name, the version of its shape, its
/// fields. The name and the shape are a promise: a changed shape under an old
/// version is refused at start with `incompatible_schema`.
#define CAFES_EVENT(NAME, SCHEMA_VERSION, ...)                                 \
  static constexpr ::std::string_view event_name = NAME;                       \
  static constexpr int schema_version = SCHEMA_VERSION;                        \
  CAFES_FIELDS(__VA_ARGS__)

namespace cafes {

/// A fact with a name, a schema version and a field list: see CAFES_EVENT.
template <class Type>
concept event
  = detail::has_fields<Type> && std::default_initializable<Type> && requires {
  { Type::event_name } -> std::convertible_to<std::string_view>;
  { Type::schema_version } -> std::convertible_to<int>;
};

} // namespace cafes
