// SPDX-License-Identifier: MIT
#include "bench/hand_written_limit.hpp"

#include "bench/blocking_callers.hpp"
#include "bench/hand_written_sql.hpp"

namespace cafes::bench {

hand_written_limit::hand_written_limit(const run_plan& plan) : plan_{plan} {
  make_hand_written_table(schema_.conninfo(), plan.accounts, events_each);
}

void hand_written_limit::warm_up() {
  static_cast<void>(run_callers_for(plan_.warm_up));
}

void hand_written_limit::run_round() {
  const auto report = run_callers_for(plan_.round);
  rates_.push_back(report.rate());
  latency_.add(*report.latency);
}

load_report hand_written_limit::run_callers_for(seconds round) {
  const auto conninfo = schema_.conninfo();
  return run_callers(callers, round, [&](std::size_t number) {
    return [caller = hand_written_sql{conninfo, plan_.accounts,
                                      number + 1}]() mutable {
      caller.deposit();
      return true;
    };
  });
}

} // namespace cafes::bench
