// SPDX-License-Identifier: MIT
#include "actors/admission.hpp"

#include "actors/finite.hpp"

#include <string>
#include <utility>

namespace cafes::actors {

admission::admission(admission_limits limits)
  : limits_{limits},
    overloaded_{errc::overloaded, "as many commands are under way as may be, "
                                    + std::to_string(limits.commands_max)} {}

expected<void> admission::enter(std::size_t bytes) {
  const auto commands = ++commands_;
  const auto total = bytes_ += bytes;
  // Counted first, asked afterwards: who closes the gate and then waits for
  // nobody inside cannot miss us.
  if (closed_) {
    leave(bytes);
    const std::lock_guard lock{mutex_};
    return unexpected<>{*why_closed_};
  }
  if (commands > limits_.commands_max || total > limits_.bytes_max) {
    leave(bytes);
    return failure(errc::overloaded,
                   std::to_string(commands - 1) + " commands with "
                     + std::to_string(total - bytes)
                     + " bytes are under way; at most "
                     + std::to_string(limits_.commands_max) + " and "
                     + std::to_string(limits_.bytes_max) + " may be");
  }
  return {};
}

void admission::leave(std::size_t bytes) {
  bytes_ -= bytes;
  if (--commands_ == 0 && closed_) {
    const std::lock_guard lock{mutex_};
    empty_.notify_all();
  }
}

void admission::close(error why) {
  const std::lock_guard lock{mutex_};
  if (!why_closed_)
    why_closed_ = std::move(why);
  closed_ = true;
}

bool admission::wait_until_empty(std::chrono::milliseconds timeout) {
  std::unique_lock lock{mutex_};
  return empty_.wait_for(lock, finite(timeout),
                         [this] { return commands_ == 0; });
}

} // namespace cafes::actors
