// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/json_archive.hpp>
#include <cafes/expected.hpp>

#include <cereal/types/vector.hpp>

#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace cafes {

using detail::unknown_fields;

namespace detail {

/// Turns the exception in flight into the error of an encode or decode.
[[nodiscard]] error codec_error(std::string_view what);

/// Throws codec_failure if the finished text is too large.
void check_encoded(const std::string& text);

} // namespace detail

/// Writes a value as compact JSON that every backend accepts.
/// Limits: payload_bytes_max, payload_depth_max.
/// Errors: limit_exceeded (store less), invalid_argument (not valid UTF-8, a
/// NUL, a number that is not finite: mend the value). Thread: any.
template <class Value>
[[nodiscard]] expected<std::string> encode(const Value& value) {
  try {
    std::string text;
    {
      detail::json_output_archive archive{text};
      archive(value);
    }
    detail::check_encoded(text);
    return text;
  } catch (const std::exception&) {
    return unexpected<>{detail::codec_error("encode")};
  }
}

/// Reads a value back; fields may stand in any order, each must be there.
/// Errors: invalid_argument (the text does not fit the type; the message names
/// the field), limit_exceeded. Thread: any.
template <class Value>
[[nodiscard]] expected<Value>
decode(std::string_view text, unknown_fields policy = unknown_fields::ignored) {
  try {
    Value value{};
    detail::json_input_archive archive{text, policy};
    archive(value);
    return value;
  } catch (const std::exception&) {
    return unexpected<>{detail::codec_error("decode")};
  }
}

} // namespace cafes
