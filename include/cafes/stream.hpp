// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace cafes {

/// The name of one aggregate instance's events: `category-key`.
/// A category is `[a-z][a-z0-9_]*` up to 64 bytes, so the first '-' ends it.
/// A key is 1 to 255 bytes of valid UTF-8 without NUL; it is otherwise free
/// and stored as it is.
struct stream_name {
  std::string category;
  std::string key;

  auto operator<=>(const stream_name&) const = default;
};

/// Checks both parts. Errors: invalid_argument, limit_exceeded (choose another
/// key). Thread: any.
[[nodiscard]] expected<stream_name> make_stream_name(std::string_view category,
                                                     std::string_view key);

/// Reads "account-42". Errors as make_stream_name. Thread: any.
[[nodiscard]] expected<stream_name> parse_stream_name(std::string_view text);

[[nodiscard]] std::string to_string(const stream_name& name);

} // namespace cafes

template <>
struct std::hash<cafes::stream_name> {
  std::size_t operator()(const cafes::stream_name& name) const noexcept {
    const std::hash<std::string_view> text;
    return text(name.key) * 31 + text(name.category);
  }
};
