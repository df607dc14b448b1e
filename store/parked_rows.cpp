// SPDX-License-Identifier: MIT
#include "store/parked_rows.hpp"

#include "store/page_limits.hpp"

#include <cafes/limits.hpp>

namespace cafes::store {

namespace {

template <class Value>
expected<Value>
find_name(std::string_view name, std::initializer_list<Value> values) {
  for (const auto value : values)
    if (to_string(value) == name)
      return value;
  return failure(errc::corrupt, "a parked event holds \"" + std::string{name}
                                  + "\", which this program does not know");
}

} // namespace

expected<void> check_parked(const view_commit& page) {
  for (const auto& event : page.parked)
    if (event.message.size() > limits::parked_message_bytes_max)
      return failure(errc::limit_exceeded,
                     "what is said of a parked event has at most "
                       + std::to_string(limits::parked_message_bytes_max)
                       + " bytes, position " + std::to_string(event.at.value())
                       + " has " + std::to_string(event.message.size()));
  if (auto fits = check_page(page.parked.size(), limits::page_parked_max);
      !fits)
    return fits;
  return check_page(page.released.size(), limits::page_parked_max);
}

expected<parking_reason> parse_reason(std::string_view name) {
  return find_name(name, {parking_reason::handler, parking_reason::unreadable,
                          parking_reason::document, parking_reason::behind});
}

expected<parked_wish> parse_wish(std::string_view name) {
  return find_name(name,
                   {parked_wish::none, parked_wish::retry, parked_wish::drop});
}

} // namespace cafes::store
