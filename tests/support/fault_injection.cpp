// SPDX-License-Identifier: MIT
#include "tests/support/fault_injection.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <utility>

namespace cafes::test {

namespace {

using actors::planted_bug;

constexpr std::array<std::pair<std::string_view, planted_bug>, 5> bugs{{
  {"acknowledge_before_commit", planted_bug::acknowledge_before_commit},
  {"ungated_refusal", planted_bug::ungated_refusal},
  {"trusted_snapshot", planted_bug::trusted_snapshot},
  {"lost_in_doubt_batch", planted_bug::lost_in_doubt_batch},
  {"ticketless_passivation", planted_bug::ticketless_passivation},
}};

planted_bug bug_of_environment() {
  const char* given = std::getenv("CAFES_PLANTED_BUG");
  if (given == nullptr)
    return planted_bug::none;
  for (const auto& [name, bug] : bugs)
    if (name == given)
      return bug;
  throw std::runtime_error{std::string{"CAFES_PLANTED_BUG: no bug is called "}
                           + given};
}

/// The point where the process ends, and how often it may be passed before.
struct deadly_point {
  std::string name;
  std::atomic<long> passings_left{0};

  deadly_point() {
    const char* given = std::getenv("CAFES_FAULT_POINT");
    if (given == nullptr)
      return;
    const std::string text{given};
    const auto colon = text.find(':');
    if (colon == std::string::npos)
      throw std::runtime_error{"CAFES_FAULT_POINT must be NAME:NTH"};
    name = text.substr(0, colon);
    passings_left = std::stol(text.substr(colon + 1));
  }
};

std::atomic<planted_bug>& bug_planted() {
  static std::atomic<planted_bug> which{bug_of_environment()};
  return which;
}

} // namespace

void plant(actors::planted_bug which) {
  bug_planted() = which;
}

} // namespace cafes::test

namespace cafes::actors {

void fault_point(std::string_view name) {
  static test::deadly_point deadly;
  if (name == deadly.name && --deadly.passings_left == 0)
    ::kill(::getpid(), SIGKILL);
}

bool is_planted(planted_bug which) {
  return test::bug_planted() == which;
}

} // namespace cafes::actors
