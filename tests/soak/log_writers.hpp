// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_store.hpp"
#include "tests/support/seeded_random.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace cafes::soak {

/// What happened while a log was written.
struct writing_figures {
  std::int64_t accepted_events = 0;
  std::int64_t batches = 0;
  std::int64_t turns = 0;
  /// Owners whose session was ended by one who waited; any other session.
  std::int64_t owners_ended = 0;
  std::int64_t others_ended = 0;
  std::int64_t doubts = 0;
  std::int64_t rolled_back = 0;
};

/// Eight threads that write one log of PostgreSQL by turns: each waits until it
/// is given up, or takes it by ending the owner's session. Between positions
/// and commit they are held up at random. Others, who do not own the log, write
/// its next position and roll back, and end anybody's sessions.
class log_writers {
public:
  static constexpr int writers = 8;
  static constexpr int intruders = 2;

  /// The store is made, with what delays commits.
  log_writers(std::string dsn, std::int64_t events_min,
              test::seeded_random& chance);

  /// Returns when there are so many events. Throws what may not happen.
  void run();

  [[nodiscard]] writing_figures figures() const;

private:
  class writer;
  class intruder;

  [[nodiscard]] bool is_enough() const { return accepted_ >= events_min_; }

  std::string dsn_;
  std::unique_ptr<store::log_store> store_;
  std::int64_t events_min_;
  test::seeded_random& chance_;
  std::atomic<std::int64_t> accepted_{0};
  std::atomic<std::int64_t> batches_{0};
  std::atomic<std::int64_t> turns_{0};
  std::atomic<std::int64_t> owners_ended_{0};
  std::atomic<std::int64_t> others_ended_{0};
  std::atomic<std::int64_t> doubts_{0};
  std::atomic<std::int64_t> rolled_back_{0};
};

} // namespace cafes::soak
