// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/decider.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// A meter reports ten readings at a time: one command, ten events.

namespace cafes::bench {

struct report_readings {
  std::int64_t first = 0;
  std::string note;
  CAFES_COMMAND("report_readings", first, note)
};

struct reading_taken {
  std::int64_t value = 0;
  std::string note;
  CAFES_EVENT("meter.reading_taken", 1, value, note)
};

enum class meter_refusal { goes_backwards };

[[nodiscard]] inline std::string_view to_string(meter_refusal) {
  return "goes_backwards";
}

struct meter {
  static constexpr std::string_view category = "meter";
  static constexpr std::int64_t readings = 10;

  struct state {
    std::int64_t last = 0;
    CAFES_STATE(1, last)
  };

  using commands = one_of<report_readings>;
  using events = one_of<reading_taken>;
  using decision = cafes::decision<meter, meter_refusal>;

  static decision decide(const state& now, const report_readings& asked) {
    if (asked.first < 0)
      return decision::refuse(meter_refusal::goes_backwards);
    std::vector<event_of<meter>> taken;
    taken.reserve(readings);
    for (std::int64_t step = 0; step < readings; ++step)
      taken.emplace_back(
        reading_taken{now.last + asked.first + step, asked.note});
    return decision::all(std::move(taken));
  }

  static void evolve(state& now, const reading_taken& happened) {
    now.last = happened.value % 1'000;
  }
};

} // namespace cafes::bench
