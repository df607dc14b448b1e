// SPDX-License-Identifier: MIT
#pragma once

#include "store/view_session.hpp"

#include <string>

namespace cafes::store {

/// Checks what is to be set aside and released, before a backend touches it.
/// Errors: limit_exceeded, invalid_argument (a message that is no text).
[[nodiscard]] expected<void> check_commit(const view_commit& page);

/// Checks why a view is to be paused. Errors: as check_commit.
[[nodiscard]] expected<void> check_pause(const std::string& why);

} // namespace cafes::store
