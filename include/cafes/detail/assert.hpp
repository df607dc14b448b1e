// SPDX-License-Identifier: MIT
#pragma once

namespace cafes::detail {

/// Says what was broken and where, then aborts: going on with a broken
/// invariant could store something wrong.
[[noreturn]] void assertion_failed(const char* condition, const char* file,
                                   int line);

} // namespace cafes::detail

/// Checks an invariant of our own, in release builds too. Never reachable by
/// input.
#define CAFES_ASSERT(CONDITION)                                                \
  ((CONDITION)                                                                 \
     ? void(0)                                                                 \
     : ::cafes::detail::assertion_failed(#CONDITION, __FILE__, __LINE__))
