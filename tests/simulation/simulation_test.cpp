// SPDX-License-Identifier: MIT
#include "tests/simulation/simulation.hpp"

#include "actors/journal.hpp"
#include "tests/support/fault_injection.hpp"

#include <boost/test/unit_test.hpp>

#include <spdlog/logger.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

using namespace cafes;
using actors::planted_bug;
using test::simulated;

namespace {

/// CAFES_TEST_SEED runs that seed; CAFES_TEST_SEEDS so many from it on, or
/// from any, instead of 1,000.
struct chosen_seeds {
  std::uint64_t first = std::random_device{}();
  std::uint64_t count = 1'000;

  chosen_seeds() {
    if (const char* given = std::getenv("CAFES_TEST_SEED")) {
      first = std::stoull(given);
      count = 1;
    }
    if (const char* given = std::getenv("CAFES_TEST_SEEDS"))
      count = std::stoull(given);
  }
};

const chosen_seeds& seeds() {
  static const chosen_seeds chosen;
  return chosen;
}

/// The simulation makes errors; nobody has to read of them.
struct silence {
  silence() { actors::journal().set_level(spdlog::level::off); }
};

simulated simulate(std::uint64_t seed) {
  BOOST_TEST_CHECKPOINT("CAFES_TEST_SEED=" << seed);
  return test::simulation{seed}.run();
}

void report(std::uint64_t seed, const simulated& came) {
  const auto& suite = boost::unit_test::framework::master_test_suite();
  std::cout << came.trace << "repeat it by\nCAFES_TEST_SEED=" << seed << ' '
            << suite.argv[0]
            << " --run_test=simulation/the_write_side_keeps_its_promises"
            << std::endl;
  BOOST_ERROR("seed " << seed << ": " << came.broken->check << ": "
                      << came.broken->what);
}

struct planted {
  explicit planted(planted_bug bug) { test::plant(bug); }
  ~planted() { test::plant(planted_bug::none); }
  planted(const planted&) = delete;
  planted& operator=(const planted&) = delete;
};

constexpr std::uint64_t seeds_for_a_bug = 300;

/// The first seed that finds the bug, which is a seed that passes without it.
void must_find(planted_bug bug, std::string_view name) {
  const auto first = seeds().first;
  for (auto seed = first; seed < first + seeds_for_a_bug; ++seed) {
    simulated came;
    {
      const planted here{bug};
      came = simulate(seed);
    }
    if (!came.broken)
      continue;
    std::cout << name << ": found by seed " << seed << ", the "
              << seed - first + 1 << ". one: " << came.broken->check << ": "
              << came.broken->what << std::endl;
    if (const auto without = simulate(seed); without.broken)
      report(seed, without);
    return;
  }
  BOOST_ERROR(name << " is not found by " << seeds_for_a_bug << " seeds from "
                   << first << " on");
}

} // namespace

BOOST_AUTO_TEST_SUITE(simulation, *boost::unit_test::fixture<silence>())

BOOST_AUTO_TEST_CASE(the_write_side_keeps_its_promises) {
  std::cout << seeds().count << " seeds from " << seeds().first << " on"
            << std::endl;
  std::size_t sent = 0;
  std::size_t accepted = 0;
  std::size_t refused = 0;
  std::size_t processes = 0;
  int failures = 0;
  for (auto seed = seeds().first; seed < seeds().first + seeds().count;
       ++seed) {
    const auto came = simulate(seed);
    sent += came.sent;
    accepted += came.accepted;
    refused += came.refused;
    processes += came.processes;
    if (came.broken)
      report(seed, came);
    else if (seeds().count == 1)
      std::cout << came.trace;
    if (came.broken && ++failures == 3)
      break;
  }
  std::cout << sent << " commands, " << accepted << " accepted, " << refused
            << " refused, " << processes << " processes" << std::endl;
  BOOST_TEST(accepted > 0U);
  BOOST_TEST(refused > 0U);
}

BOOST_AUTO_TEST_CASE(the_same_seed_is_the_same_run) {
  const auto first = seeds().first;
  for (auto seed = first; seed < first + 20; ++seed)
    BOOST_TEST(simulate(seed).hash == simulate(seed).hash,
               "seed " << seed << " runs in two ways");
  BOOST_TEST(simulate(first).hash != simulate(first + 1).hash);
}

BOOST_AUTO_TEST_CASE(an_acknowledgement_before_the_commit_is_found) {
  must_find(planted_bug::acknowledge_before_commit,
            "acknowledge_before_commit");
}

BOOST_AUTO_TEST_CASE(an_ungated_refusal_is_found) {
  must_find(planted_bug::ungated_refusal, "ungated_refusal");
}

BOOST_AUTO_TEST_CASE(a_trusted_snapshot_is_found) {
  must_find(planted_bug::trusted_snapshot, "trusted_snapshot");
}

BOOST_AUTO_TEST_CASE(a_lost_batch_in_doubt_is_found) {
  must_find(planted_bug::lost_in_doubt_batch, "lost_in_doubt_batch");
}

BOOST_AUTO_TEST_CASE(a_passivation_without_tickets_is_found) {
  must_find(planted_bug::ticketless_passivation, "ticketless_passivation");
}

BOOST_AUTO_TEST_SUITE_END()
