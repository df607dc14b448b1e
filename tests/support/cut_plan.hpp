// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/wire_message.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <ostream>
#include <vector>

namespace cafes::test {

/// How much of its message a cut lets through.
enum class cut_moment {
  before,
  /// After half of its bytes.
  within,
  after,
};

/// What the two ends see of a cut.
enum class cut_manner {
  /// The client a reset, the server the end of the session.
  reset,
  /// Both the end of the session.
  finish,
  /// The client a reset; the server nothing, so it keeps the session.
  abandon,
  /// Both nothing: what they send is dropped and not even confirmed.
  silence,
  /// Both nothing, but what they send is confirmed: the machine lives on and
  /// the program on it does not.
  freeze,
};

struct cut_point {
  wire_direction direction;
  /// 1 is the first message of this direction.
  std::size_t message;
  cut_moment moment;
  cut_manner manner;
};

std::ostream& operator<<(std::ostream& out, const cut_point& shown);

/// For each message of a fault-free run, in each moment, a cut. Half of one
/// byte is none.
[[nodiscard]] std::vector<cut_point>
every_cut(const std::vector<wire_message>& seen, cut_manner manner);

/// Where a proxy cuts, and what went by. Messages are counted for each
/// direction, over all sessions, from the last plan or cut on. Thread: any.
class cut_plan {
public:
  /// Forgets what was seen and planned. The cuts happen one after the other.
  void plan(std::vector<cut_point> cuts);

  /// What went by since the last plan or cut.
  [[nodiscard]] std::vector<wire_message> seen() const;

  /// Cuts made since the last plan.
  [[nodiscard]] std::size_t cuts() const;

  /// The next connections are closed as soon as they are made.
  void refuse(std::size_t connections);

  // -- for the proxy ---------------------------------------------------------

  /// Said for each message; a cut that is due at it comes back, and is made.
  [[nodiscard]] std::optional<cut_point> pass(const wire_message& message);

  [[nodiscard]] bool refuses_next();

private:
  mutable std::mutex mutex_;
  std::vector<wire_message> seen_;
  std::deque<cut_point> planned_;
  std::size_t to_server_ = 0;
  std::size_t to_client_ = 0;
  std::size_t cuts_ = 0;
  std::size_t refused_ = 0;
};

} // namespace cafes::test
