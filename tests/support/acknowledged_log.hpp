// SPDX-License-Identifier: MIT
#pragma once

#include "store/append.hpp"
#include "store/log_reader.hpp"

#include <cafes/recorded_event.hpp>

#include <map>
#include <span>
#include <string>
#include <vector>

namespace cafes::test {

/// Ends a case with these words unless it is so. For cases that run in threads
/// of their own, where Boost.Test cannot be asked.
void demand(bool is_so, const std::string& words);

/// All that was acknowledged of a log since it was empty, and the proof that
/// the log holds this and nothing else. Payloads have to be whole numbers,
/// which every backend gives back as they were.
class acknowledged_log {
public:
  struct known_stream {
    store::stream_id id;
    version current;
  };

  /// Takes note of a batch's outcomes. Ends the case where a place leaves a
  /// hole or is not the next one; a repeated one must be known already.
  void hear(std::span<const store::append_request> batch,
            std::span<const store::append_outcome> outcomes);

  /// Ends the case where the log after a position differs from what was heard.
  void check(store::log_reader& log, position after = {}) const;

  /// The versions of these streams are 1..n, as read by stream.
  void check_streams(store::log_reader& log,
                     std::span<const store::append_request> batch) const;

  [[nodiscard]] position head() const {
    return position{static_cast<std::int64_t>(events_.size())};
  }

  /// What is known of a stream; 0 and 0 without events.
  [[nodiscard]] known_stream at(const stream_name& name) const;

private:
  struct event {
    stream_name stream;
    version at_version;
    uuid command_id;
    std::string data;
  };

  void accept(const store::append_request& asked, const store::appended& place);

  std::vector<event> events_;
  std::map<stream_name, known_stream> streams_;
  std::map<std::pair<stream_name, uuid>, store::appended> commands_;
};

} // namespace cafes::test
