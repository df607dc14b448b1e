// SPDX-License-Identifier: MIT
#include "tests/support/faulty_disk.hpp"

#include <utility>

namespace cafes::test {

std::string to_string(file_call call) {
  switch (call) {
    case file_call::open:
      return "open";
    case file_call::remove:
      return "remove";
    case file_call::access:
      return "access";
    case file_call::read:
      return "read";
    case file_call::write:
      return "write";
    case file_call::truncate:
      return "truncate";
    case file_call::sync:
      return "sync";
    case file_call::size:
      return "size";
    case file_call::lock:
      return "lock";
    case file_call::share_memory:
      return "share memory";
    case file_call::count_:
      break;
  }
  return "";
}

void disk_file::write(std::int64_t offset, std::string_view bytes) {
  under_way_.push_back({offset, std::string{bytes}, false});
}

void disk_file::truncate(std::int64_t size) {
  under_way_.push_back({size, "", true});
}

void disk_file::sync() {
  for (const auto& done : std::exchange(under_way_, {})) {
    const auto at = static_cast<std::size_t>(done.offset);
    if (done.truncates) {
      stored_.resize(at);
      continue;
    }
    if (stored_.size() < at + done.bytes.size())
      stored_.resize(at + done.bytes.size());
    stored_.replace(at, done.bytes.size(), done.bytes);
  }
}

void faulty_vfs::disk::plan(const disk_fault& fault) {
  planned_ = fault;
  calls_ = {};
  failures_ = 0;
}

std::optional<disk_fault> faulty_vfs::disk::enter(file_call call) {
  const auto number = ++calls_.at(static_cast<std::size_t>(call));
  if (!planned_ || planned_->call != call || number < planned_->first
      || number - planned_->first >= planned_->count)
    return std::nullopt;
  ++failures_;
  return planned_;
}

} // namespace cafes::test
