// SPDX-License-Identifier: MIT
#include "store/view_limits.hpp"

#include "store/door/text.hpp"
#include "store/page_limits.hpp"

#include <cafes/limits.hpp>

namespace cafes::store {

namespace {

expected<void> check_message(const std::string& what,
                             const std::string& message) {
  if (message.size() > limits::parked_message_bytes_max)
    return failure(errc::limit_exceeded,
                   what + " has " + std::to_string(message.size())
                     + " bytes, the most is "
                     + std::to_string(limits::parked_message_bytes_max));
  if (!is_storable_text(message))
    return failure(errc::invalid_argument, what + " is no text");
  return {};
}

} // namespace

expected<void> check_commit(const view_commit& page) {
  for (const auto count : {page.parked.size(), page.released.size()})
    if (auto fits = check_page(count, limits::page_parked_max); !fits)
      return fits;
  for (const auto& event : page.parked)
    if (auto fits = check_message("the message of parked event "
                                    + std::to_string(event.at.value()),
                                  event.message);
        !fits)
      return fits;
  return {};
}

expected<void> check_pause(const std::string& why) {
  return check_message("the reason of a pause", why);
}

} // namespace cafes::store
