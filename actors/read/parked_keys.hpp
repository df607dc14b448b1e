// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/parked.hpp>
#include <cafes/stream.hpp>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::actors {

/// What a view has parked, and what therefore waits behind it.
/// Thread: one at a time.
class parked_keys {
public:
  void add(const parked_event& event);
  void remove(position at);

  /// Whether an event at this position has to wait: for an earlier one of its
  /// stream whose key is not known, or of its key.
  [[nodiscard]] bool holds_stream(const stream_name& stream, position at) const;
  [[nodiscard]] bool holds_key(const std::string& key, position at) const;

  /// All that wait with one key, in order of position.
  [[nodiscard]] std::vector<parked_event> of(std::string_view key,
                                             bool is_stream) const;

  [[nodiscard]] std::size_t size() const { return events_.size(); }

private:
  using places = std::map<std::string, std::set<position>, std::less<>>;

  [[nodiscard]] static bool has_before(const places& held,
                                       const std::string& key, position at);
  [[nodiscard]] places& holding(const parked_event& event) {
    return event.is_stream ? streams_ : keys_;
  }

  std::map<position, parked_event> events_;
  places keys_;
  places streams_;
};

} // namespace cafes::actors
