// SPDX-License-Identifier: MIT
#include "store/postgres/text_array.hpp"

namespace cafes::store::postgres {

/// Always quoted, so that no content reads as a separator, a brace or NULL;
/// within quotes only two characters are special.
void text_array::add(std::string_view element) {
  separate();
  text_ += '"';
  for (;;) {
    const auto special = element.find_first_of("\\\"");
    text_ += element.substr(0, special);
    if (special == std::string_view::npos)
      break;
    text_ += '\\';
    text_ += element[special];
    element.remove_prefix(special + 1);
  }
  text_ += '"';
}

void text_array::add(std::int64_t element) {
  separate();
  text_ += std::to_string(element);
}

void text_array::separate() {
  if (text_.size() > 1)
    text_ += ',';
}

} // namespace cafes::store::postgres
