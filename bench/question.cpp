// SPDX-License-Identifier: MIT
#include "bench/question.hpp"

#include <array>

namespace cafes::bench {

namespace {

constexpr std::array questions{

  question{"idle_aggregate_bytes", &idle_aggregate_bytes},
  question{"bare_copy", &bare_copy_rate},
  question{"commands_1024", &commands_1024},
  question{"hot_aggregate", &hot_aggregate},
  question{"append_10_events", &append_10_events},
  question{"hand_written_sql_64", &hand_written_sql_64},
  question{"callers_64", &callers_64},
  question{"caller_1", &caller_1},
  question{"cold_command", &cold_command},
  question{"sqlite_1024", &sqlite_1024},
  question{"catch_up_memory", &catch_up_memory},
  question{"catch_up_documents", &catch_up_documents},
  question{"rebuild", &rebuild},
  question{"live_lag", &live_lag},
  question{"three_projections", &three_projections},
  question{"growth", &growth},
};

} // namespace

std::span<const question> all_questions() {
  return questions;
}

} // namespace cafes::bench
