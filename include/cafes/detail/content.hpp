// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/shape.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace cafes::detail {

/// What a value holds: a hash of its fields and the bytes that they take, the
/// heap included. The hash is for comparing within one process; it is never
/// stored.
class content {
public:
  template <class Value>
  [[nodiscard]] static content of(const Value& value) {
    content found;
    found.bytes_ = sizeof(Value);
    found.add(value);
    return found;
  }

  [[nodiscard]] std::uint64_t hash() const { return hash_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
  template <class Value>
  void add(const Value& value) {
    if constexpr (std::is_arithmetic_v<Value> || std::is_enum_v<Value>) {
      mix(std::hash<Value>{}(value));
    } else if constexpr (std::is_same_v<Value, std::string>) {
      mix(std::hash<std::string_view>{}(value));
      bytes_ += value.size();
    } else if constexpr (is_optional<Value>) {
      mix(value.has_value() ? 1 : 0);
      if (value)
        add(*value);
    } else if constexpr (sequence<Value>) {
      mix(value.size());
      for (const auto& element : value) {
        bytes_ += sizeof(element);
        add(element);
      }
    } else if constexpr (has_fields<Value>) {
      std::apply(
        [self = this](const auto&... fields) { self->add_all(fields...); },
        value.cafes_tie());
    } else {
      add(cereal::access::member_save_minimal(any_archive(), value));
    }
  }

  template <class... Values>
  void add_all(const Values&... values) {
    (add(values), ...);
  }

  /// save_minimal takes an archive and must not use it. Never destroyed, since
  /// commands may be made until the very end.
  static const json_output_archive& any_archive() {
    static const auto& archive = *new json_output_archive{*new std::string};
    return archive;
  }

  void mix(std::uint64_t part) {
    hash_ = (hash_ ^ part) * 0x9E3779B97F4A7C15ULL;
    hash_ ^= hash_ >> 29;
  }

  std::uint64_t hash_ = 0xCBF29CE484222325ULL;
  std::size_t bytes_ = 0;
};

} // namespace cafes::detail
