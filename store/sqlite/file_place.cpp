// SPDX-License-Identifier: MIT
#include "store/sqlite/file_place.hpp"

#include <system_error>

namespace cafes::store::sqlite {

namespace {

namespace fs = std::filesystem;

unexpected<error> refused(const std::string& path, errc code,
                          const std::string& why) {
  return failure(code, "SQLite store \"" + path + "\": " + why);
}

expected<fs::path> find_new(const std::string& path) {
  std::error_code failed;
  const fs::path wanted{path};
  if (!wanted.has_filename())
    return refused(path, errc::invalid_argument,
                   "this is a folder; name a file in it");
  const auto folder = fs::canonical(
    wanted.has_parent_path() ? wanted.parent_path() : ".", failed);
  if (failed)
    return refused(path, errc::unavailable,
                   failed.message() + "; create the folder "
                     + wanted.parent_path().string() + " first");
  return folder / wanted.filename();
}

} // namespace

expected<fs::path> find_place(const std::string& path) {
  if (path.empty() || path.find('\0') != std::string::npos)
    return refused(path, errc::invalid_argument,
                   "no path; expected sqlite:PATH");
  std::error_code failed;
  const auto kind = fs::symlink_status(path, failed).type();
  if (kind == fs::file_type::not_found)
    return find_new(path);
  const auto place = fs::canonical(path, failed);
  if (failed)
    return refused(path, errc::unavailable,
                   failed.message()
                     + "; check the folders and links on the way to it");
  if (fs::is_directory(place, failed))
    return refused(path, errc::invalid_argument,
                   "this is a folder; name a file in it");
  if (!fs::is_regular_file(place, failed))
    return refused(path, errc::invalid_argument,
                   "this is no ordinary file; choose another");
  // The WAL and the lock go by name: under a second one it would be written
  // twice at the same time.
  if (fs::hard_link_count(place, failed) > 1)
    return refused(path, errc::invalid_argument,
                   "the file has more than one name (hard links); keep one");
  return place;
}

} // namespace cafes::store::sqlite
