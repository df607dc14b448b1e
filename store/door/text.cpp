// SPDX-License-Identifier: MIT
#include "store/door/text.hpp"

#include <rapidjson/encodings.h>
#include <rapidjson/memorystream.h>

#include <algorithm>

namespace cafes::store {

namespace {

/// Takes what the validation copies, and drops it.
struct no_output {
  void Put(char) {}
};

} // namespace

bool is_storable_text(std::string_view text) {
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
