// SPDX-License-Identifier: MIT
#include "store/sqlite/file_lock.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace cafes::store::sqlite {

namespace {

constexpr int none = -1;

/// "process 1234 (bank)", from "1234 bank\n" in the lock file.
std::string holder_in(int descriptor) {
  std::array<char, 256> text{};
  const auto size = ::pread(descriptor, text.data(), text.size(), 0);
  std::string line{text.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
  line.resize(std::min(line.find('\n'), line.size()));
  const auto space = line.find(' ');
  // It has locked the file but not written its name yet.
  if (space == std::string::npos)
    return "another process";
  return "process " + line.substr(0, space) + " (" + line.substr(space + 1)
         + ")";
}

/// Only a note for people: the lock holds without it, so failures are ignored.
void sign(int descriptor) {
  const auto line = std::to_string(::getpid()) + " "
                    + program_invocation_short_name + "\n";
  if (::ftruncate(descriptor, 0) == 0) {
    [[maybe_unused]] const auto written = ::pwrite(descriptor, line.data(),
                                                   line.size(), 0);
  }
}

} // namespace

expected<file_lock> file_lock::acquire(const std::filesystem::path& database) {
  const auto path = database.string() + ".lock";
  // Not for child programs: they would keep the lock after our death.
  file_lock made{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)};
  if (made.descriptor_ == none)
    return failure(errc::unavailable,
                   path + ": " + std::generic_category().message(errno)
                     + "; give this user write access to the folder");
  int locked = 0;
  do
    locked = ::flock(made.descriptor_, LOCK_EX | LOCK_NB);
  while (locked != 0 && errno == EINTR);
  if (locked != 0 && errno == EWOULDBLOCK)
    return failure(errc::not_owner, database.string() + " is in use by "
                                      + holder_in(made.descriptor_)
                                      + "; end it first, or use another store");
  if (locked != 0)
    return failure(errc::unavailable,
                   path + ": " + std::generic_category().message(errno)
                     + "; choose a file system that has locks");
  sign(made.descriptor_);
  return made;
}

file_lock::file_lock(file_lock&& other) noexcept
  : descriptor_{std::exchange(other.descriptor_, none)} {}

file_lock::~file_lock() {
  if (descriptor_ != none)
    ::close(descriptor_);
}

} // namespace cafes::store::sqlite
