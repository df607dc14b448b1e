// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <sstream>
#include <string>
#include <utility>

namespace cafes::test {

/// What happened in a simulation: a hash of all of it, and the last lines.
class event_trace {
public:
  template <class... Parts>
  void note(const Parts&... parts) {
    std::ostringstream line;
    line << number_++ << ' ';
    (line << ... << parts);
    for (const auto letter : line.str())
      mix(static_cast<std::uint64_t>(letter));
    lines_.push_back(std::move(line).str());
    if (lines_.size() > lines_max)
      lines_.pop_front();
  }

  /// What is not worth a line.
  void mix(std::uint64_t value) {
    hash_ = (hash_ ^ value) * 1'099'511'628'211U; // FNV-1a
  }

  [[nodiscard]] std::uint64_t hash() const { return hash_; }

  [[nodiscard]] std::string text() const {
    std::string all;
    for (const auto& line : lines_)
      all += line + '\n';
    return all;
  }

private:
  static constexpr std::size_t lines_max = 300;

  std::uint64_t hash_ = 14'695'981'039'346'656'037U;
  std::size_t number_ = 0;
  std::deque<std::string> lines_;
};

} // namespace cafes::test
