// SPDX-License-Identifier: MIT
#include <cafes/progress.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <unistd.h>
#include <utility>

namespace cafes {

namespace {

constexpr std::size_t bar_width = 30;
constexpr std::chrono::milliseconds bar_interval{100};
constexpr std::chrono::seconds line_interval{5};

std::string bar_of(std::size_t done, std::size_t total) {
  const auto filled = std::min(bar_width, done * bar_width / total);
  return "[" + std::string(filled, '#') + std::string(bar_width - filled, '.')
         + "]";
}

} // namespace

progress::progress(std::string what, std::size_t total, std::size_t before)
  : what_{std::move(what)},
    total_{total},
    before_{before},
    done_{before},
    terminal_{isatty(STDERR_FILENO) == 1},
    started_{std::chrono::steady_clock::now()} {
  if (!terminal_)
    shown_ = started_;
}

void progress::update(std::size_t done) {
  done_ = done;
  const auto interval = terminal_ ? bar_interval
                                  : std::chrono::milliseconds{line_interval};
  if (std::chrono::steady_clock::now() - shown_ >= interval)
    show();
}

void progress::finish() {
  show();
  if (terminal_)
    std::cerr << '\n';
}

void progress::show() {
  shown_ = std::chrono::steady_clock::now();
  const auto seconds = std::chrono::duration<double>(shown_ - started_).count();
  const auto now_done = static_cast<double>(done_ - std::min(done_, before_));
  const auto rate = seconds > 0 ? now_done / seconds : 0.0;
  auto line = total_ > 0
                ? fmt::format("{} {} {}/{} {:.0f}/s", what_,
                              bar_of(done_, total_), done_, total_, rate)
                : fmt::format("{} {} {:.0f}/s", what_, done_, rate);
  if (total_ > done_ && rate > 0)
    line += fmt::format(", {:.0f} s left",
                        static_cast<double>(total_ - done_) / rate);
  if (terminal_)
    std::cerr << '\r' << line << "\x1b[K" << std::flush;
  else
    std::cerr << line << '\n';
}

} // namespace cafes
