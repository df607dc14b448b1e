// SPDX-License-Identifier: MIT
#pragma once

#include "bench/event_rows.hpp"
#include "bench/postgres.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cafes::bench {

/// A batch of rows of `events` as COPY takes them in binary format, ready to
/// be sent. Thread: one at a time.
class copy_bytes {
public:
  explicit copy_bytes(std::size_t capacity_bytes = 0);

  void add(const event_row& row, std::string_view data);

  /// No row can be added afterwards.
  void finish();

  /// Sends all of it: one transaction, durable on return. Throws.
  void send(const session& on) const;

private:
  std::string bytes_;
};

} // namespace cafes::bench
