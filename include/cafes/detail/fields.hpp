// SPDX-License-Identifier: MIT
#pragma once

#include <cereal/cereal.hpp>

#include <array>
#include <string_view>
#include <tuple>
#include <type_traits>

// What CAFES_EVENT, CAFES_COMMAND, CAFES_STATE and CAFES_FIELDS put into a
// struct: the field names, a tuple of references, equality, and Cereal's
// `serialize` with names. The struct stays an aggregate.

#define CAFES_DETAIL_PARENS ()
#define CAFES_DETAIL_EXPAND(...)                                               \
  CAFES_DETAIL_EXPAND3(CAFES_DETAIL_EXPAND3(CAFES_DETAIL_EXPAND3(__VA_ARGS__)))
#define CAFES_DETAIL_EXPAND3(...)                                              \
  CAFES_DETAIL_EXPAND2(CAFES_DETAIL_EXPAND2(CAFES_DETAIL_EXPAND2(__VA_ARGS__)))
#define CAFES_DETAIL_EXPAND2(...)                                              \
  CAFES_DETAIL_EXPAND1(CAFES_DETAIL_EXPAND1(CAFES_DETAIL_EXPAND1(__VA_ARGS__)))
#define CAFES_DETAIL_EXPAND1(...) __VA_ARGS__
#define CAFES_DETAIL_EACH(MACRO, ...)                                          \
  __VA_OPT__(CAFES_DETAIL_EXPAND(CAFES_DETAIL_STEP(MACRO, __VA_ARGS__)))
#define CAFES_DETAIL_STEP(MACRO, FIRST, ...)                                   \
  MACRO(FIRST)                                                                 \
  __VA_OPT__(, CAFES_DETAIL_AGAIN CAFES_DETAIL_PARENS(MACRO, __VA_ARGS__))
#define CAFES_DETAIL_AGAIN() CAFES_DETAIL_STEP
#define CAFES_DETAIL_NAME(FIELD)                                               \
  ::std::string_view {                                                         \
#    FIELD                                                                     \
  }
#define CAFES_DETAIL_NVP(FIELD) ::cereal::make_nvp(#FIELD, FIELD)

/// Declares the fields of a value that is stored as part of another.
/// Up to 27 fields; each must be a number, bool, enum, std::string, another
/// CAFES_FIELDS struct, a type with save_minimal, or an optional, vector or
/// array of these.
#define CAFES_FIELDS(...)                                                      \
  static constexpr auto cafes_names() {                                        \
    return ::cafes::detail::names_of(                                          \
      CAFES_DETAIL_EACH(CAFES_DETAIL_NAME, __VA_ARGS__));                      \
  }                                                                            \
  constexpr auto cafes_tie() const {                                           \
    return ::std::tie(__VA_ARGS__);                                            \
  }                                                                            \
  template <class Archive>                                                     \
  void serialize([[maybe_unused]] Archive& archive) {                          \
    __VA_OPT__(archive(CAFES_DETAIL_EACH(CAFES_DETAIL_NVP, __VA_ARGS__));)     \
  }                                                                            \
  template <class Other>                                                       \
  constexpr bool operator==(const Other& other)                                \
    const requires ::std::is_same_v<Other,                                     \
                                    ::std::remove_cvref_t<decltype(*this)>> {  \
    return cafes_tie() == other.cafes_tie();                                   \
  }

namespace cafes::detail {

template <class... Names>
constexpr std::array<std::string_view, sizeof...(Names)>
names_of(Names... names) {
  return {names...};
}

template <class Value>
concept has_fields = requires(const Value& value) {
  Value::cafes_names();
  value.cafes_tie();
};

} // namespace cafes::detail
