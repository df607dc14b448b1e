// SPDX-License-Identifier: MIT
#include "tests/soak/served_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace cafes::soak {

served_process::served_process(const std::vector<std::string>& command,
                               std::vector<std::string> environment)
  : name_{command.at(0).substr(command.at(0).rfind('/') + 1)} {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw std::system_error{errno, std::generic_category(), "socketpair"};
  channel_ = ends[0];
  test::child_options options;
  options.environment = std::move(environment);
  options.channel = ends[1];
  process_ = std::make_unique<test::child_process>(command, options);
  ::close(ends[1]);
  while (!is_gone_) {
    const auto said = read(test::child_process::deadline);
    if (!said.empty() && said.front() == "ready")
      return;
    if (said.empty() && !is_gone_)
      throw std::runtime_error{name_ + " is not ready: " + process_->err()};
  }
  const auto ended = process_->wait();
  if (ended.signal != SIGKILL) {
    std::ostringstream words;
    words << name_ << " did not start: " << ended;
    throw std::runtime_error{words.str()};
  }
}

served_process::~served_process() {
  ::close(channel_);
}

void served_process::write(std::string_view lines) {
  while (!lines.empty()) {
    const auto size = ::send(channel_, lines.data(), lines.size(),
                             MSG_NOSIGNAL);
    if (size < 0 && errno != EINTR)
      return;
    if (size > 0)
      lines.remove_prefix(static_cast<std::size_t>(size));
  }
}

std::vector<std::string>
served_process::read(std::chrono::milliseconds longest) {
  std::vector<std::string> lines;
  pollfd watched{channel_, POLLIN, 0};
  if (is_gone_ || ::poll(&watched, 1, static_cast<int>(longest.count())) <= 0)
    return lines;
  take_in();
  std::size_t begin = 0;
  for (auto end = received_.find('\n'); end != std::string::npos;
       begin = end + 1, end = received_.find('\n', begin))
    lines.push_back(received_.substr(begin, end - begin));
  received_.erase(0, begin);
  return lines;
}

void served_process::take_in() {
  std::array<char, 65'536> some{};
  const auto size = ::recv(channel_, some.data(), some.size(), 0);
  if (size > 0)
    received_.append(some.data(), static_cast<std::size_t>(size));
  else if (size == 0 || errno != EINTR)
    is_gone_ = true;
}

test::child_end served_process::kill() {
  return process_->kill();
}

test::child_end served_process::stop() {
  ::shutdown(channel_, SHUT_WR);
  auto ended = process_->wait();
  if (ended.code != 0) {
    std::ostringstream words;
    words << name_ << " did not stop: " << ended;
    throw std::runtime_error{words.str()};
  }
  return ended;
}

} // namespace cafes::soak
