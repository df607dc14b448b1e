// SPDX-License-Identifier: MIT
#include "store/door/text.hpp"

#include <cafes/detail/projection_type.hpp>
#include <cafes/limits.hpp>
#include <cafes/stream.hpp>

namespace cafes {

namespace {

expected<void> check_category(std::string_view category) {
  if (category.size() > limits::category_bytes_max)
    return failure(errc::limit_exceeded, "category \""
                                           + std::string{category.substr(0, 64)}
                                           + "…\" is longer than 64 bytes");
  if (!store::is_identifier(category))
    return failure(errc::invalid_argument,
                   "category \"" + std::string{category}
                     + "\" is not lower-case letters, digits and _ with a "
                       "letter first");
  return {};
}

expected<void> check_key(std::string_view key) {
  if (key.empty())
    return failure(errc::invalid_argument, "the key is empty");
  if (key.size() > limits::key_bytes_max)
    return failure(errc::limit_exceeded,
                   "a key has at most 255 bytes, this one has "
                     + std::to_string(key.size()));
  if (!store::is_storable_text(key))
    return failure(errc::invalid_argument,
                   "the key is not valid UTF-8 or holds a NUL");
  return {};
}

} // namespace

expected<stream_name> make_stream_name(std::string_view category,
                                       std::string_view key) {
  if (auto fits = check_category(category); !fits)
    return failure_of(fits);
  if (auto fits = check_key(key); !fits)
    return failure_of(fits);
  return stream_name{std::string{category}, std::string{key}};
}

expected<stream_name> parse_stream_name(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos)
    return failure(errc::invalid_argument,
                   "\"" + std::string{text.substr(0, 80)}
                     + "\" is no stream: expected category-key, as in "
                       "account-42");
  return make_stream_name(text.substr(0, dash), text.substr(dash + 1));
}

expected<void> detail::check_document_key(std::string_view key) {
  return check_key(key);
}

std::string to_string(const stream_name& name) {
  return name.category + "-" + name.key;
}

} // namespace cafes
