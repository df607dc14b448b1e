// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/position.hpp>

#include <optional>
#include <string>

namespace cafes::store {

/// What a stream's version must be for an append to be accepted.
class expected_version {
public:
  /// No check.
  static constexpr expected_version any() { return {}; }

  /// The stream has no events.
  static constexpr expected_version none() { return exactly(version{0}); }

  static constexpr expected_version exactly(version wanted) {
    expected_version made;
    made.exact_ = wanted;
    return made;
  }

  [[nodiscard]] constexpr bool admits(version current) const {
    return !exact_ || *exact_ == current;
  }

  [[nodiscard]] constexpr const std::optional<version>& exact() const {
    return exact_;
  }

private:
  constexpr expected_version() = default;

  std::optional<version> exact_;
};

} // namespace cafes::store
