// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/codec.hpp>
#include <cafes/detail/fields.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

// Values of every kind that a field may have.

namespace cafes::test {

enum class colour : std::uint8_t { red, green = 7 };

struct point {
  std::int64_t x = 0;
  std::int64_t y = 0;
  CAFES_FIELDS(x, y)
};

struct line {
  std::string text;
  std::optional<point> at;
  std::vector<std::string> tags;
  CAFES_FIELDS(text, at, tags)
};

struct drawing {
  bool visible = false;
  colour ink = colour::red;
  double scale = 0;
  std::array<std::int64_t, 3> corner{};
  std::vector<line> lines;
  CAFES_FIELDS(visible, ink, scale, corner, lines)
};

struct numbers {
  std::int8_t tiny = 0;
  std::uint8_t byte = 0;
  std::int16_t small = 0;
  std::int32_t medium = 0;
  std::uint32_t natural = 0;
  std::int64_t large = 0;
  std::uint64_t largest = 0;
  float single = 0;
  double real = 0;
  CAFES_FIELDS(tiny, byte, small, medium, natural, large, largest, single, real)
};

struct nothing {
  CAFES_FIELDS()
};

struct one_text {
  std::string text;
  CAFES_FIELDS(text)
};

template <class Value>
requires detail::has_fields<Value> std::ostream&
operator<<(std::ostream& out, const Value& shown) {
  return out << encode(shown).value_or("a value that cannot be stored");
}

} // namespace cafes::test
