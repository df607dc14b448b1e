// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/fields.hpp>
#include <cafes/detail/json_archive.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

// The shape of a type as readable text, e.g. {owner:string,amount:int64}.
// It is the fingerprint of stored types: equal text, readable by each other.

namespace cafes::detail {

template <class Type>
struct element_of;
template <class Value>
struct element_of<std::vector<Value>> {
  using type = Value;
  static std::string size_text() { return ""; }
};
template <class Value, std::size_t Size>
struct element_of<std::array<Value, Size>> {
  using type = Value;
  static std::string size_text() { return ";" + std::to_string(Size); }
};

template <class Type>
concept sequence = requires {
  typename element_of<Type>::type;
};

template <class Type>
using minimal_of
  = std::remove_cvref_t<decltype(cereal::access::member_save_minimal(
    std::declval<const json_output_archive&>(), std::declval<const Type&>()))>;

template <class Type>
concept has_minimal = requires {
  typename minimal_of<Type>;
};

template <class Type>
inline constexpr bool shape_unknown = false;

template <class Type>
std::string shape_of();

template <class Fields>
std::string shape_of_fields() {
  using tie = decltype(std::declval<const Fields&>().cafes_tie());
  constexpr auto names = Fields::cafes_names();
  std::string text = "{";
  [&]<std::size_t... Index>(std::index_sequence<Index...>) {
    ((text += (Index == 0 ? "" : ","), text += names[Index], text += ":",
      text
      += shape_of<std::remove_cvref_t<std::tuple_element_t<Index, tie>>>()),
     ...);
  }
  (std::make_index_sequence<std::tuple_size_v<tie>>{});
  return text + "}";
}

template <class Number>
std::string shape_of_number() {
  if constexpr (std::is_same_v<Number, bool>)
    return "bool";
  else if constexpr (std::is_floating_point_v<Number>)
    return "float" + std::to_string(sizeof(Number) * 8);
  else
    return (std::is_signed_v<Number> ? "int" : "uint")
           + std::to_string(sizeof(Number) * 8);
}

template <class Type>
std::string shape_of() {
  if constexpr (std::is_arithmetic_v<Type>)
    return shape_of_number<Type>();
  else if constexpr (std::is_enum_v<Type>)
    return "enum:" + shape_of_number<std::underlying_type_t<Type>>();
  else if constexpr (std::is_same_v<Type, std::string>)
    return "string";
  else if constexpr (is_optional<Type>)
    return shape_of<typename Type::value_type>() + "?";
  else if constexpr (sequence<Type>)
    return "[" + shape_of<typename element_of<Type>::type>()
           + element_of<Type>::size_text() + "]";
  else if constexpr (has_fields<Type>)
    return shape_of_fields<Type>();
  else if constexpr (has_minimal<Type>)
    return shape_of<minimal_of<Type>>();
  else
    static_assert(shape_unknown<Type>,
                  "cafes: this field type has no known shape; use a number, "
                  "bool, enum, std::string, a CAFES_FIELDS struct, a type "
                  "with save_minimal, or an optional, vector or array of them");
}

} // namespace cafes::detail
