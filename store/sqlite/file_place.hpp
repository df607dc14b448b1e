// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>

#include <filesystem>
#include <string>

namespace cafes::store::sqlite {

/// The one name under which a store's file is opened and locked: absolute,
/// without symbolic links. The file need not exist, its folder must.
/// Errors: invalid_argument (no path, a folder, no ordinary file, a file with
/// several names), unavailable (the folder is missing or closed to us).
[[nodiscard]] expected<std::filesystem::path>
find_place(const std::string& path);

} // namespace cafes::store::sqlite
