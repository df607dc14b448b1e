// SPDX-License-Identifier: MIT
//
// Question: how fast is what one would write without an event store: SELECT
// the stream, decide, INSERT, over 64 connections?
#include "bench/hand_written_limit.hpp"
#include "bench/question.hpp"

namespace cafes::bench {

std::vector<figure> hand_written_sql_64(const run_plan& plan) {
  hand_written_limit limit{plan};
  limit.warm_up();
  for (std::size_t round = 0; round < plan.rounds; ++round)
    limit.run_round();
  figure shown;
  shown.name = "hand_written_sql_64";
  shown.unit = "commands/s";
  shown.value = spread_of(limit.rates());
  shown.ours = hand_written_limit::meaning;
  shown.against = "-";
  set_latency(shown, limit.latency());
  return {shown};
}

} // namespace cafes::bench
