// SPDX-License-Identifier: MIT
#include "actors/read/parked_message.hpp"

#include "store/door/text.hpp"

#include <cafes/limits.hpp>

#include <algorithm>

namespace cafes::actors {

namespace {

/// Bytes of the character that begins with this one, as UTF-8 has it.
std::size_t length_of(unsigned char first) {
  if (first >= 0xF0U)
    return 4;
  if (first >= 0xE0U)
    return 3;
  return first >= 0xC0U ? 2 : 1;
}

} // namespace

std::string parked_message(std::string_view said) {
  std::string kept;
  while (!said.empty()) {
    const auto length = std::min(
      length_of(static_cast<unsigned char>(said.front())), said.size());
    auto character = said.substr(0, length);
    const bool is_text = store::is_storable_text(character);
    if (!is_text)
      character = "?";
    if (kept.size() + character.size() > limits::parked_message_bytes_max)
      break;
    kept += character;
    said.remove_prefix(is_text ? length : 1);
  }
  return kept;
}

} // namespace cafes::actors
