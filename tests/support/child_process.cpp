// SPDX-License-Identifier: MIT
#include "tests/support/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <string_view>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

// glibc 2.36 forgets to say that this is C.
extern "C" {
#include <sys/pidfd.h>
}

namespace cafes::test {

namespace {

void must_succeed(bool succeeded, const std::string& doing) {
  if (!succeeded)
    throw std::system_error{errno, std::generic_category(), doing};
}

std::string text_of(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// The test's environment must not choose the store of the program under test.
std::vector<std::string> environment_of(const child_options& options) {
  auto all = options.environment;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view entry{*each};
    const auto name = entry.substr(0, entry.find('=') + 1);
    const bool is_given
      = std::any_of(options.environment.begin(), options.environment.end(),
                    [&](const auto& given) { return given.starts_with(name); });
    if (!is_given && !entry.starts_with("CAFES_"))
      all.emplace_back(entry);
  }
  return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (auto& text : texts)
    all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

int open_terminal() {
  const int made = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  must_succeed(made >= 0 && ::grantpt(made) == 0 && ::unlockpt(made) == 0,
               "open a terminal");
  return made;
}

/// The three streams and the folder of a program.
class file_actions {
public:
  file_actions() { posix_spawn_file_actions_init(&actions_); }
  ~file_actions() { posix_spawn_file_actions_destroy(&actions_); }
  file_actions(const file_actions&) = delete;
  file_actions& operator=(const file_actions&) = delete;

  void open(int descriptor, const std::string& path, int flags) {
    posix_spawn_file_actions_addopen(&actions_, descriptor, path.c_str(), flags,
                                     0600);
  }

  void copy(int from, int descriptor) {
    posix_spawn_file_actions_adddup2(&actions_, from, descriptor);
  }

  void change_folder(const std::string& path) {
    posix_spawn_file_actions_addchdir_np(&actions_, path.c_str());
  }

  [[nodiscard]] const posix_spawn_file_actions_t* get() const {
    return &actions_;
  }

private:
  posix_spawn_file_actions_t actions_{};
};

} // namespace

std::ostream& operator<<(std::ostream& shown, const child_end& ended) {
  constexpr std::size_t shown_max = 4'000;
  if (ended.signal != 0)
    shown << "signal " << ended.signal;
  else
    shown << "exit " << ended.code;
  return shown << "\nstdout: " << ended.out.substr(0, shown_max)
               << "\nstderr: " << ended.err.substr(0, shown_max);
}

child_process::child_process(std::vector<std::string> command,
                             const child_options& options)
  : name_{command.at(0)} {
  constexpr int written = O_WRONLY | O_CREAT | O_TRUNC;
  file_actions actions;
  if (options.channel >= 0) {
    actions.copy(options.channel, STDIN_FILENO);
    actions.copy(options.channel, STDOUT_FILENO);
  } else {
    actions.open(STDIN_FILENO, "/dev/null", O_RDONLY);
    actions.open(STDOUT_FILENO, output_.path() + "/out", written);
  }
  if (options.terminal) {
    terminal_ = open_terminal();
    actions.open(STDERR_FILENO, ::ptsname(terminal_), O_WRONLY | O_NOCTTY);
  } else {
    actions.open(STDERR_FILENO, output_.path() + "/err", written);
  }
  if (!options.folder.empty())
    actions.change_folder(options.folder);
  auto environment = environment_of(options);
  const auto arguments = pointers_to(command);
  const auto variables = pointers_to(environment);
  errno = ::posix_spawnp(&pid_, arguments[0], actions.get(), nullptr,
                         arguments.data(), variables.data());
  must_succeed(errno == 0, "start " + name_);
  end_signal_ = ::pidfd_open(pid_, 0);
  must_succeed(end_signal_ >= 0, "watch " + name_);
}

child_process::~child_process() {
  if (!status_ && pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  for (const int descriptor : {end_signal_, terminal_})
    if (descriptor >= 0)
      ::close(descriptor);
}

bool child_process::ends_within(milliseconds longest) {
  const auto until = std::chrono::steady_clock::now() + longest;
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(
      until - std::chrono::steady_clock::now());
    listen(std::max(left, milliseconds{0}));
    int status = 0;
    if (!status_ && ::waitpid(pid_, &status, WNOHANG) == pid_)
      status_ = status;
    if (status_ || left <= milliseconds{0})
      return status_.has_value();
  }
}

/// Waits for its end, or for words on its terminal.
void child_process::listen(milliseconds longest) {
  std::array<pollfd, 2> watched{pollfd{end_signal_, POLLIN, 0},
                                pollfd{terminal_, POLLIN, 0}};
  ::poll(watched.data(), terminal_ >= 0 ? 2 : 1,
         static_cast<int>(longest.count()));
  read_terminal();
}

void child_process::read_terminal() {
  if (terminal_ < 0)
    return;
  std::array<char, 4096> read{};
  for (;;) {
    const auto size = ::read(terminal_, read.data(), read.size());
    if (size <= 0)
      return;
    seen_on_terminal_.append(read.data(), static_cast<std::size_t>(size));
  }
}

bool child_process::reaches(const std::function<bool()>& condition) {
  const auto until = std::chrono::steady_clock::now() + deadline;
  while (!condition()) {
    if (ends_within(milliseconds{1}))
      return condition();
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error{name_ + " did not get there in time: " + err()};
  }
  return true;
}

child_end child_process::wait() {
  if (!ends_within(deadline))
    throw std::runtime_error{name_ + " did not end in time: " + err()};
  return end();
}

child_end child_process::kill() {
  if (!ends_within(milliseconds{0}))
    ::kill(pid_, SIGKILL);
  return wait();
}

std::string child_process::out() const {
  return text_of(output_.path() + "/out");
}

std::string child_process::err() {
  read_terminal();
  return terminal_ >= 0 ? seen_on_terminal_ : text_of(output_.path() + "/err");
}

child_end child_process::end() {
  child_end ended;
  if (WIFEXITED(*status_))
    ended.code = WEXITSTATUS(*status_);
  else
    ended.signal = WTERMSIG(*status_);
  ended.out = out();
  ended.err = err();
  return ended;
}

child_end run(std::vector<std::string> command, const child_options& options) {
  return child_process{std::move(command), options}.wait();
}

} // namespace cafes::test
