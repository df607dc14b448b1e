// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <optional>
#include <string>

namespace cafes::detail {

/// The user's functions may throw. Gives what.
template <class Step>
std::optional<std::string> guarded(Step&& step) {
  try {
    step();
    return {};
  } catch (const std::exception& thrown) {
    return std::string{"it threw: "} + thrown.what();
  } catch (...) {
    return std::string{"it threw something that is no std::exception"};
  }
}

} // namespace cafes::detail
