// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/timestamp.hpp>
#include <cafes/uuid.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <vector>

namespace cafes::store::postgres {

/// What a store's payload columns are: jsonb's binary form is its text behind
/// a version byte, json's the text itself.
enum class payload_type { jsonb, json };

/// Fields in PostgreSQL's binary format, each behind its length: what the rows
/// of a binary COPY are made of, and the binary parameters of a statement.
/// It keeps the room that it once needed.
/// Thread: one at a time.
class field_buffer {
public:
  void clear() { size_ = 0; }

  /// smallint, integer and bigint, by the type of the number.
  template <std::signed_integral Number>
  void number(Number value) {
    auto* to = room(sizeof(std::int32_t) + sizeof(Number));
    to = put(to, static_cast<std::int32_t>(sizeof(Number)));
    put(to, value);
  }

  /// text in UTF-8
  void text(std::string_view value) {
    auto* to = room(sizeof(std::int32_t) + value.size());
    to = put(to, static_cast<std::int32_t>(value.size()));
    std::memcpy(to, value.data(), value.size());
  }

  /// jsonb or json
  void payload(payload_type type, std::string_view json) {
    if (type == payload_type::json)
      return text(json);
    auto* to = room(sizeof(std::int32_t) + 1 + json.size());
    to = put(to, static_cast<std::int32_t>(1 + json.size()));
    *to++ = '\1';
    std::memcpy(to, json.data(), json.size());
  }

  /// uuid; the nil one is NULL
  void id(const uuid& value) {
    if (value.is_nil())
      return null();
    auto* to = room(sizeof(std::int32_t) + value.bytes.size());
    to = put(to, static_cast<std::int32_t>(value.bytes.size()));
    std::memcpy(to, value.bytes.data(), value.bytes.size());
  }

  /// timestamptz: microseconds since 2000
  void time(timestamp at) {
    using namespace std::chrono;
    constexpr sys_days epoch{2000y / January / 1};
    number(std::int64_t{(at - epoch).count()});
  }

  void null() { put(room(sizeof(std::int32_t)), std::int32_t{-1}); }

  /// A number without a length before it: part of a COPY's frame.
  template <std::signed_integral Number>
  void bare_number(Number value) {
    put(room(sizeof(Number)), value);
  }

  void bare_bytes(std::string_view bytes) {
    std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
  }

  /// Valid until the next change.
  [[nodiscard]] std::string_view bytes() const {
    return {bytes_.data(), size_};
  }

private:
  char* room(std::size_t more) {
    if (bytes_.size() - size_ < more)
      bytes_.resize(2 * (size_ + more));
    auto* place = bytes_.data() + size_;
    size_ += more;
    return place;
  }

  /// The byte of the highest value first.
  template <class Number>
  static char* put(char* to, Number value) {
    const auto bits = static_cast<std::make_unsigned_t<Number>>(value);
    for (auto shift = 8 * static_cast<int>(sizeof(Number)); shift > 0;)
      *to++ = static_cast<char>(bits >> (shift -= 8));
    return to;
  }

  std::vector<char> bytes_;
  std::size_t size_ = 0;
};

} // namespace cafes::store::postgres
