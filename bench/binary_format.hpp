// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/uuid.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cafes::bench {

/// Writes values as PostgreSQL's binary formats want them: big endian, each
/// field after its length. Thread: one at a time.
class binary_format {
public:
  explicit binary_format(std::string& out) : out_{out} {}

  /// A number without its length.
  template <class Number>
  void number(Number value) {
    for (int shift = static_cast<int>(sizeof(Number)) * 8 - 8; shift >= 0;
         shift -= 8)
      out_ += static_cast<char>(static_cast<std::uint64_t>(value) >> shift);
  }

  template <class Number>
  void field(Number value) {
    number(static_cast<std::int32_t>(sizeof(Number)));
    number(value);
  }

  void field(const uuid& id) {
    number(std::int32_t{16});
    for (const auto byte : id.bytes)
      out_ += static_cast<char>(byte);
  }

  /// Text with the version byte of jsonb before it.
  void jsonb_field(std::string_view text) {
    number(static_cast<std::int32_t>(text.size() + 1));
    out_ += '\x01';
    out_ += text;
  }

  void null_field() { number(std::int32_t{-1}); }

private:
  std::string& out_;
};

} // namespace cafes::bench
