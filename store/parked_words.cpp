// SPDX-License-Identifier: MIT
#include "store/parked_words.hpp"

#include <string>

namespace cafes::store {

namespace {

unexpected<error> no_word(std::string_view word, const char* wanted) {
  return failure(errc::corrupt, "a parked event has \""
                                  + std::string{word.substr(0, 80)} + "\" as "
                                  + wanted);
}

} // namespace

expected<parking_reason> parking_reason_in(std::string_view word) {
  for (const auto reason : {parking_reason::handler, parking_reason::unreadable,
                            parking_reason::document, parking_reason::behind})
    if (word == to_string(reason))
      return reason;
  return no_word(word, "its reason");
}

expected<parked_wish> parked_wish_in(std::string_view word) {
  if (word.empty())
    return parked_wish::none;
  for (const auto wish : {parked_wish::retry, parked_wish::drop})
    if (word == to_string(wish))
      return wish;
  return no_word(word, "a wish");
}

} // namespace cafes::store
