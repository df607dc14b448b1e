// SPDX-License-Identifier: MIT
#pragma once

#include "tests/soak/served_process.hpp"
#include "tests/support/seeded_random.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace cafes::soak {

/// What a view_server says of one of its projections.
struct projection_state {
  std::string phase;
  std::int64_t checkpoint = 0;
  std::int64_t restarts = 0;
  std::int64_t parked = 0;
  std::string last_error;
};

/// "append …" for a view_server.
[[nodiscard]] std::string appending(std::int64_t deposits,
                                    std::int64_t poisoned,
                                    test::seeded_random& chance);

/// A view_server, and what is asked of it. What it should answer and does not
/// ends the test. Thread: one at a time.
class view_process {
public:
  explicit view_process(const std::string& store,
                        std::vector<std::string> environment = {},
                        const std::vector<std::string>& options = {});

  /// The answer; nothing when it has died instead.
  std::optional<std::string> ask(const std::string& line);

  /// The same in two steps. Nothing also when it has not answered in time; then
  /// the answer is still to be heard.
  void begin(const std::string& line);
  std::optional<std::string>
  hear(std::chrono::milliseconds longest = test::child_process::deadline);

  /// Throws when it is not drained, or has died.
  void drain();
  [[nodiscard]] projection_state state_of(std::string_view projection);

  /// Asks for something that must be its death.
  [[nodiscard]] bool ends_after(const std::string& line);

  test::child_end kill() { return process_.kill(); }
  test::child_end stop() { return process_.stop(); }

  /// SIGSTOP, and whether it has come; SIGCONT.
  void pause() const;
  [[nodiscard]] bool is_paused() const;
  void go_on() const;

private:
  served_process process_;
};

} // namespace cafes::soak
