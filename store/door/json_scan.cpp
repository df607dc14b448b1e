// SPDX-License-Identifier: MIT
#include "store/door/json_scan.hpp"

#include "store/door/json_number.hpp"
#include "store/door/text.hpp"

#include <cafes/limits.hpp>

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>

namespace cafes::store {

namespace {

constexpr unsigned parse_flags = rapidjson::kParseIterativeFlag
                                 | rapidjson::kParseNumbersAsStringsFlag;
constexpr unsigned check_encoding = rapidjson::kParseValidateEncodingFlag;

/// Looks at the values of a text without keeping them.
struct storable_values
  : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, storable_values> {
  /// Set where an escape may say what the text itself cannot hold: a NUL or
  /// half a surrogate pair.
  bool has_escapes = false;
  const char* refused = "";

  bool String(const char* text, rapidjson::SizeType size, bool) {
    if (!has_escapes || is_storable_text({text, size}))
      return true;
    refused = "a string in a payload holds a NUL or half a character";
    return false;
  }

  bool Key(const char* text, rapidjson::SizeType size, bool copied) {
    return String(text, size, copied);
  }

  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    if (read_number({text, size}))
      return true;
    refused = "a number in a payload is out of range";
    return false;
  }
};

std::size_t depth_of(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\')
        ++at;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

/// Nearly every text has too few to be nested deep: found out much faster.
bool has_more_openings(std::string_view text, std::size_t most) {
  std::size_t count = 0;
  for (const char opening : {'{', '['})
    for (auto at = text.find(opening); at != std::string_view::npos;
         at = text.find(opening, at + 1))
      if (++count > most)
        return true;
  return false;
}

} // namespace

bool is_nested_deeper(std::string_view text, std::size_t levels) {
  return has_more_openings(text, levels) && depth_of(text) > levels;
}

expected<void> check_json(std::string_view text) {
  if (text.size() > limits::payload_bytes_max)
    return failure(errc::limit_exceeded,
                   "a payload has at most 1 MiB, this one has "
                     + std::to_string(text.size()) + " bytes");
  if (is_nested_deeper(text, limits::payload_depth_max))
    return failure(errc::limit_exceeded,
                   "a payload is nested at most 64 levels deep");
  if (text.find('\0') != std::string_view::npos)
    return failure(errc::invalid_argument, "a payload holds a NUL");
  rapidjson::MemoryStream in{text.data(), text.size()};
  rapidjson::Reader reader;
  storable_values values;
  values.has_escapes = text.find("\\u") != std::string_view::npos;
  const auto parsed = is_plain_text(text)
                        ? reader.Parse<parse_flags>(in, values)
                        : reader.Parse<parse_flags | check_encoding>(in,
                                                                     values);
  if (parsed.Code() == rapidjson::kParseErrorTermination)
    return failure(errc::invalid_argument, values.refused);
  if (parsed.IsError())
    return failure(errc::invalid_argument,
                   "a payload is not JSON at byte "
                     + std::to_string(parsed.Offset()) + ": "
                     + rapidjson::GetParseError_En(parsed.Code()));
  return {};
}

} // namespace cafes::store
