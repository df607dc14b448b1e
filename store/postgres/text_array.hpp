// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cafes::store::postgres {

/// Makes the text form of a PostgreSQL array, for one bind.
class text_array {
public:
  void add(std::string_view element);
  void add(std::int64_t element);

  /// "{1,2}" or {"a","b\"c"}
  [[nodiscard]] std::string literal() const { return text_ + '}'; }

private:
  void separate();

  std::string text_ = "{";
};

/// The array of what `pick` takes from each element.
template <class Elements, class Pick>
[[nodiscard]] std::string array_of(const Elements& elements, Pick pick) {
  text_array made;
  for (const auto& element : elements)
    made.add(pick(element));
  return made.literal();
}

} // namespace cafes::store::postgres
