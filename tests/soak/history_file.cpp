// SPDX-License-Identifier: MIT
#include "tests/soak/history_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace cafes::soak {

namespace {

void must_succeed(bool succeeded, const std::string& path) {
  if (!succeeded)
    throw std::system_error{errno, std::generic_category(), path};
}

} // namespace

history_file::history_file(std::string path)
  : path_{std::move(path)},
    descriptor_{
      ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)} {
  must_succeed(descriptor_ >= 0, path_);
}

history_file::~history_file() {
  ::close(descriptor_);
}

void history_file::add(const history_record& record) {
  added_ += to_line(record);
  added_.push_back('\n');
}

void history_file::sync() {
  if (added_.empty())
    return;
  std::string_view left{added_};
  while (!left.empty()) {
    const auto size = ::write(descriptor_, left.data(), left.size());
    must_succeed(size > 0, path_);
    left.remove_prefix(static_cast<std::size_t>(size));
  }
  must_succeed(::fdatasync(descriptor_) == 0, path_);
  added_.clear();
}

} // namespace cafes::soak
