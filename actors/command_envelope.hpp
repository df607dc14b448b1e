// SPDX-License-Identifier: MIT
#pragma once

#include "actors/admission.hpp"
#include "actors/counters.hpp"

#include <cafes/detail/erased_outcome.hpp>

#include <chrono>
#include <memory>

namespace cafes::actors {

/// A command on its way, with the promise of exactly one answer: whoever drops
/// an unanswered envelope, by dying or by mistake, answers it by that.
/// Owned by one actor at a time. Thread: one at a time.
class command_envelope {
public:
  struct order {
    stream_name stream;
    detail::any_command asked;
    /// Fixed here, so that deciding again gives the same answer.
    context circumstances;
    provenance from;
    bool retry = false;
    std::chrono::steady_clock::time_point deadline;
    detail::reply then;
  };

  /// The admission must have been entered with order.asked.bytes; the
  /// envelope leaves it.
  command_envelope(order given, std::shared_ptr<admission> gate,
                   std::shared_ptr<counters> counted);
  ~command_envelope();
  command_envelope(const command_envelope&) = delete;
  command_envelope& operator=(const command_envelope&) = delete;

  [[nodiscard]] const order& given() const { return given_; }

  [[nodiscard]] bool is_late() const {
    return std::chrono::steady_clock::now() > given_.deadline;
  }

  /// From here on an envelope that is dropped may have had an effect.
  void sent_to_log() { may_be_stored_ = true; }

  /// The log's verdict was that nothing is stored.
  void came_back() { may_be_stored_ = false; }

  void answer(detail::erased_outcome ended);
  void fail(error why);

  /// How often it was decided again after a conflict.
  int decided_again = 0;

private:
  order given_;
  std::shared_ptr<admission> gate_;
  std::shared_ptr<counters> counters_;
  bool may_be_stored_ = false;
  bool answered_ = false;
};

using envelope_ptr = std::shared_ptr<command_envelope>;

} // namespace cafes::actors
