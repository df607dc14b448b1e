// SPDX-License-Identifier: MIT
#include "store/view_identity.hpp"

#include "store/door/text.hpp"

#include <cafes/limits.hpp>

namespace cafes::store {

expected<void> check_view(const view_identity& view) {
  if (!is_identifier(view.name)
      || view.name.size() > limits::projection_name_bytes_max)
    return failure(errc::invalid_argument,
                   "projection \"" + view.name.substr(0, 80)
                     + "\" is not lower-case letters, digits and _, with a "
                       "letter first and at most 40 bytes");
  if (view.version < 1)
    return failure(errc::invalid_argument,
                   "projection " + view.name + " has version "
                     + std::to_string(view.version) + ", the first is 1");
  return {};
}

std::string row_name(const view_identity& view) {
  return view.build == 1 ? view.name
                         : view.name + "$" + std::to_string(view.build);
}

std::string label_of(const view_identity& view) {
  return view.name + " v" + std::to_string(view.version)
         + (view.build == 1 ? "" : " build " + std::to_string(view.build));
}

unexpected<error> no_view(const view_identity& view) {
  return failure(errc::invalid_argument, "there is no view " + view.name + " v"
                                           + std::to_string(view.version));
}

} // namespace cafes::store
