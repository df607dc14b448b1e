// SPDX-License-Identifier: MIT
#pragma once

#include "store/append.hpp"

#include <cstddef>
#include <span>

namespace cafes::store {

/// Bytes of the events' data and metadata.
[[nodiscard]] std::size_t bytes_of(const append_request& append);

/// Checks that an append as a whole is within limits.
/// Errors: limit_exceeded, invalid_argument (no events).
[[nodiscard]] expected<void> check_extent(const append_request& append);

/// Checks one append before a backend touches it: names, sizes, number of
/// events, text that every backend accepts (valid UTF-8 JSON without NUL).
/// Errors: limit_exceeded, invalid_argument.
[[nodiscard]] expected<void> check_append(const append_request& append);

/// Checks that the batch as a whole is within limits.
/// Errors: limit_exceeded.
[[nodiscard]] expected<void> check_batch(std::span<const append_request> batch);

} // namespace cafes::store
