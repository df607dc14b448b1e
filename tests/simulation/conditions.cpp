// SPDX-License-Identifier: MIT
#include "tests/simulation/conditions.hpp"

namespace cafes::test {

namespace {

int rate(choices& by, int most) {
  return by.chance(5'000) ? 0 : static_cast<int>(by.between(1, most));
}

void draw_faults(conditions& drawn, choices& by) {
  for (auto* each : {&drawn.cut_before_write, &drawn.lost_before_effect,
                     &drawn.lost_after_effect, &drawn.lost_with_late_effect})
    *each = rate(by, 2'000);
  drawn.stream_conflict = rate(by, 500);
  drawn.position_taken = rate(by, 200);
  drawn.take_fails = rate(by, 5'000);
  drawn.look_fails = rate(by, 2'000);
  drawn.read_fails = rate(by, 1'500);
  drawn.crash = rate(by, 60);
  drawn.stop = rate(by, 30);
  drawn.outage = rate(by, 60);
  drawn.other_owner = rate(by, 40);
}

std::size_t size(choices& by, std::int64_t least, std::int64_t most) {
  return static_cast<std::size_t>(by.between(least, most));
}

} // namespace

conditions draw_conditions(choices& by) {
  conditions drawn;
  if (!by.chance(3'000))
    draw_faults(drawn, by);
  drawn.keep_fails = rate(by, 5'000);
  drawn.time_over = rate(by, 100);
  drawn.snapshot_spoilt = rate(by, 2'000);
  drawn.short_windows = by.chance(3'000);
  drawn.commands = size(by, 20, 60);
  drawn.burst_max = size(by, 1, 8);
  drawn.keys = size(by, 1, 3);
  drawn.poisoned = rate(by, 1'500);
  drawn.repeated = rate(by, 4'000);
  drawn.anonymous = rate(by, 3'000);
  drawn.sends = static_cast<int>(by.between(200, 3'000));
  drawn.in_flight_max = size(by, 1, 8);
  drawn.queue_max = by.chance(2'000) ? size(by, 1, 4) : 1'000;
  drawn.live_max = size(by, 1, 4);
  drawn.idle_max = std::chrono::milliseconds{by.chance(5'000) ? 0 : 400};
  drawn.snapshot_every = by.between(0, 4);
  drawn.snapshots_in_flight_max = size(by, 1, 4);
  drawn.readers = size(by, 1, 2);
  return drawn;
}

} // namespace cafes::test
