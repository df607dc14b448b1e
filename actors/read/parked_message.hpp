// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace cafes::actors {

/// What a handler has said, as every store keeps it: valid UTF-8 without NUL
/// (other bytes become '?'), at most limits::parked_message_bytes_max.
[[nodiscard]] std::string parked_message(std::string_view said);

} // namespace cafes::actors
