// SPDX-License-Identifier: MIT
#include "apps/bank/withdrawal_file.hpp"

#include <cafes/codec.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <errno.h>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace bank {

using cafes::errc;
using cafes::expected;
using cafes::failure;
using cafes::failure_of;

namespace {

/// A signal may end any of these calls before it has begun.
template <class Call>
auto again_if_interrupted(Call call) {
  auto result = call();
  while (result == -1 && errno == EINTR)
    result = call();
  return result;
}

/// The entry of a new file, too, has to be on disk.
bool sync_folder_of(const std::string& path) {
  const auto folder = std::filesystem::path{path}.parent_path();
  const int opened = again_if_interrupted([&] {
    return ::open(folder.empty() ? "." : folder.c_str(),
                  O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  });
  if (opened == -1)
    return false;
  const bool is_synced = again_if_interrupted([&] { return fsync(opened); })
                         == 0;
  ::close(opened);
  return is_synced;
}

} // namespace

withdrawal_file::withdrawal_file(std::string path, std::size_t lines_max)
  : path_{std::move(path)}, lines_max_{lines_max} {}

withdrawal_file::~withdrawal_file() {
  close();
}

expected<void> withdrawal_file::open() {
  const std::lock_guard lock{mutex_};
  return open_file();
}

expected<void> withdrawal_file::open_file() {
  if (file_ != -1)
    return {};
  file_ = again_if_interrupted([&] {
    return ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  });
  if (file_ == -1)
    return refused("cannot be opened");
  if (again_if_interrupted([&] { return flock(file_, LOCK_EX | LOCK_NB); })
      == -1) {
    close();
    return failure(errc::not_owner,
                   path_ + " is written by another process: stop that one");
  }
  auto read = read_lines();
  if (!read)
    close();
  return read;
}

/// What is read has to be on disk before it counts as done.
expected<void> withdrawal_file::read_lines() {
  known_.clear();
  size_ = 0;
  if (again_if_interrupted([&] { return fsync(file_); }) == -1
      || !sync_folder_of(path_))
    return refused("cannot be brought to disk");
  std::string text;
  std::array<char, 64 * 1024> some;
  for (;;) {
    const auto count = again_if_interrupted(
      [&] { return ::read(file_, some.data(), some.size()); });
    if (count == -1)
      return refused("cannot be read");
    if (count == 0)
      break;
    text.append(some.data(), static_cast<std::size_t>(count));
    std::size_t begin = 0;
    for (auto end = text.find('\n'); end != std::string::npos;
         end = text.find('\n', begin)) {
      if (auto taken = take_line(text.substr(begin, end - begin)); !taken)
        return taken;
      size_ += static_cast<std::int64_t>(end + 1 - begin);
      begin = end + 1;
    }
    text.erase(0, begin);
    if (text.size() > line_bytes_max)
      return failure(errc::corrupt, path_ + " has a line of more than 2 MiB");
  }
  if (!text.empty()
      && again_if_interrupted([&] { return ftruncate(file_, size_); }) == -1)
    return refused("cannot be cut");
  return {};
}

expected<void> withdrawal_file::take_line(const std::string& text) {
  auto line = cafes::decode<withdrawal_line>(text);
  auto where = line ? place_of(line->key) : expected<place>{failure_of(line)};
  if (!where)
    return failure(errc::corrupt, path_ + " line "
                                    + std::to_string(known_.size() + 1) + ": "
                                    + where.error().message);
  if (known_.size() == lines_max_)
    return failure(errc::limit_exceeded, path_ + " has more than "
                                           + std::to_string(lines_max_)
                                           + " lines: move it away");
  known_.insert(std::upper_bound(known_.begin(), known_.end(), *where), *where);
  return {};
}

/// "NAME:LOG:POSITION"
expected<withdrawal_file::place>
withdrawal_file::place_of(const std::string& key) {
  const auto no_key = [&] {
    return failure(errc::corrupt, "\"" + key + "\" is no key");
  };
  const auto second = key.rfind(':');
  if (second == std::string::npos || second == 0)
    return no_key();
  const auto first = key.rfind(':', second - 1);
  if (first == std::string::npos)
    return no_key();
  place found;
  const auto* end = key.data() + key.size();
  const auto log = std::from_chars(key.data() + first + 1, key.data() + second,
                                   found.log);
  const auto position = std::from_chars(key.data() + second + 1, end,
                                        found.position);
  if (log.ec != std::errc{} || log.ptr != key.data() + second
      || position.ec != std::errc{} || position.ptr != end)
    return no_key();
  return found;
}

expected<void> withdrawal_file::append(const withdrawal_line& line) {
  auto where = place_of(line.key);
  if (!where)
    return failure_of(where);
  auto text = cafes::encode(line);
  if (!text)
    return failure_of(text);
  const std::lock_guard lock{mutex_};
  if (auto opened = open_file(); !opened)
    return opened;
  const auto next = std::lower_bound(known_.begin(), known_.end(), *where);
  if (next != known_.end() && *next == *where)
    return {};
  if (known_.size() == lines_max_)
    return failure(errc::limit_exceeded, path_ + " has "
                                           + std::to_string(lines_max_)
                                           + " lines: move it away");
  if (auto written = write(*text + '\n'); !written) {
    cut();
    return written;
  }
  known_.insert(next, *where);
  return {};
}

expected<void> withdrawal_file::write(const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const auto count = again_if_interrupted(
      [&] { return ::write(file_, text.data() + done, text.size() - done); });
    if (count == -1)
      return refused("cannot be written");
    done += static_cast<std::size_t>(count);
  }
  if (again_if_interrupted([&] { return fdatasync(file_); }) == -1)
    return refused("cannot be brought to disk");
  size_ += static_cast<std::int64_t>(text.size());
  return {};
}

/// Where that does not work either, the file is opened anew the next time.
void withdrawal_file::cut() {
  if (again_if_interrupted([&] { return ftruncate(file_, size_); }) == -1
      || again_if_interrupted([&] { return fdatasync(file_); }) == -1)
    close();
}

void withdrawal_file::close() {
  if (file_ != -1)
    ::close(file_);
  file_ = -1;
}

cafes::unexpected<cafes::error>
withdrawal_file::refused(const char* what) const {
  const int why = errno;
  return failure(errc::unavailable,
                 path_ + " " + what + ": " + std::strerror(why));
}

} // namespace bank
