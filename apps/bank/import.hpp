// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/application.hpp>

namespace bank {

/// `bank import FILE`: a statement becomes commands to accounts.
[[nodiscard]] cafes::verb import_verb();

} // namespace bank
