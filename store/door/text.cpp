// SPDX-License-Identifier: MIT
#include "store/door/text.hpp"

#include <rapidjson/encodings.h>
#include <rapidjson/memorystream.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace cafes::store {

namespace {

/// Takes what the validation copies, and drops it.
struct no_output {
  void Put(char) {}
};

} // namespace

/// Eight bytes at a time: one that is 0 or above 127 has, or borrows, its
/// highest bit.
bool is_plain_text(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101'0101'0101'0101;
  constexpr std::uint64_t highest = 0x80 * ones;
  while (text.size() >= sizeof(std::uint64_t)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), sizeof(bytes));
    if (((bytes | (bytes - ones)) & highest) != 0)
      return false;
    text.remove_prefix(sizeof(bytes));
  }
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<signed char>(c) > 0; });
}

bool is_storable_text(std::string_view text) {
  if (is_plain_text(text))
    return true;
  rapidjson::MemoryStream in{text.data(), text.size()};
  no_output out;
  while (in.Tell() < text.size()) {
    if (in.Peek() == '\0' || !rapidjson::UTF8<>::Validate(in, out))
      return false;
  }
  return in.Tell() == text.size();
}

bool is_identifier(std::string_view text) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && is_letter(text.front())
         && std::all_of(text.begin(), text.end(), [&](char c) {
              return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
            });
}

} // namespace cafes::store
