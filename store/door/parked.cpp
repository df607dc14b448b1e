// SPDX-License-Identifier: MIT
#include <cafes/parked.hpp>

namespace cafes {

std::string_view to_string(parking_reason reason) {
  switch (reason) {
    case parking_reason::handler:
      return "handler";
    case parking_reason::unreadable:
      return "unreadable";
    case parking_reason::document:
      return "document";
    case parking_reason::behind:
      return "behind";
  }
  return "unknown";
}

std::string_view to_string(parked_wish wish) {
  switch (wish) {
    case parked_wish::none:
      return "none";
    case parked_wish::retry:
      return "retry";
    case parked_wish::drop:
      return "drop";
  }
  return "unknown";
}

} // namespace cafes
