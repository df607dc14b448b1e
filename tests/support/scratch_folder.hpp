// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/uuid.hpp>

#include <filesystem>
#include <string>

namespace cafes::test {

/// An empty folder of its own, removed at the end.
class scratch_folder {
public:
  scratch_folder()
    : path_{std::filesystem::temp_directory_path()
            / ("cafes-test-" + to_string(random_uuid()))} {
    std::filesystem::create_directory(path_);
  }

  ~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;

  [[nodiscard]] std::string path() const { return path_.string(); }

private:
  std::filesystem::path path_;
};

} // namespace cafes::test
