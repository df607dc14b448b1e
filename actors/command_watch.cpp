// SPDX-License-Identifier: MIT
#include "actors/command_watch.hpp"

#include <utility>

namespace cafes::actors {

/// Leaves the list before anything of it is destroyed.
class command_watch::watched final : public command_envelope {
public:
  watched(command_watch& watch, order given, std::shared_ptr<admission> gate,
          std::shared_ptr<counters> counted)
    : command_envelope{std::move(given), std::move(gate), std::move(counted)},
      watch_{watch} {}

  ~watched() { watch_.remove(*this); }

private:
  command_watch& watch_;
};

envelope_ptr command_watch::make_envelope(command_envelope::order given,
                                          std::shared_ptr<admission> gate,
                                          std::shared_ptr<counters> counted) {
  auto made = std::make_shared<watched>(*this, std::move(given),
                                        std::move(gate), std::move(counted));
  const std::lock_guard lock{mutex_};
  under_way_.push_back(*made);
  return made;
}

void command_watch::expire(command_envelope::clock::time_point now) {
  // Without the lock: who hears may send the next command at once.
  for (const auto& each : all())
    each->expire(now, verdict_max_);
}

void command_watch::remove(command_envelope& gone) {
  const std::lock_guard lock{mutex_};
  under_way_.erase(under_way_.iterator_to(gone));
}

/// Those that are being destroyed cannot be had any more.
std::vector<envelope_ptr> command_watch::all() {
  const std::lock_guard lock{mutex_};
  std::vector<envelope_ptr> found;
  found.reserve(under_way_.size());
  for (auto& each : under_way_)
    if (auto alive = each.weak_from_this().lock())
      found.push_back(std::move(alive));
  return found;
}

} // namespace cafes::actors
