// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/error.hpp>

#include <tl/expected.hpp>

#include <utility>

namespace cafes {

/// A value, or the error that prevented it. Failures of the world travel as
/// this across rooms; exceptions do not. Marked [[nodiscard]] at each use.
template <class Value, class Error = error>
using expected = tl::expected<Value, Error>;

template <class Error = error>
using unexpected = tl::unexpected<Error>;

/// `return failure(errc::unavailable, "…")` from a function returning expected.
[[nodiscard]] inline unexpected<error> failure(errc code, std::string message) {
  return unexpected<error>{error{code, std::move(message)}};
}

/// Passes the error of one expected on as the error of another.
template <class Value>
[[nodiscard]] unexpected<error> failure_of(expected<Value>& failed) {
  return unexpected<error>{std::move(failed.error())};
}

} // namespace cafes
