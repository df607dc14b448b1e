// SPDX-License-Identifier: MIT
#include "tests/support/fault_injection.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace cafes::test {

namespace {

using actors::planted_bug;

constexpr std::array<std::pair<std::string_view, planted_bug>, 6> bugs{{
  {"acknowledge_before_commit", planted_bug::acknowledge_before_commit},
  {"ungated_refusal", planted_bug::ungated_refusal},
  {"trusted_snapshot", planted_bug::trusted_snapshot},
  {"lost_in_doubt_batch", planted_bug::lost_in_doubt_batch},
  {"ticketless_passivation", planted_bug::ticketless_passivation},
  {"torn_view_commit", planted_bug::torn_view_commit},
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

/// A point that an environment variable names, and how often it may be passed
/// before something happens there.
struct chosen_point {
  std::string name;
  std::atomic<long> passings_left{0};

  explicit chosen_point(const char* variable) {
    const char* given = std::getenv(variable);
    if (given == nullptr)
      return;
    const std::string text{given};
    const auto colon = text.find(':');
    if (colon == std::string::npos)
      throw std::runtime_error{std::string{variable} + " must be NAME:NTH"};
    name = text.substr(0, colon);
    passings_left = std::stol(text.substr(colon + 1));
  }

  [[nodiscard]] bool is_reached(std::string_view passed) {
    return passed == name && --passings_left == 0;
  }
};

/// Which hints get lost.
struct hint_losses {
  std::mutex mutex;
  int percent = 0;
  std::mt19937_64 chance;
  hint_count counted;
};

hint_losses& hints() {
  static hint_losses all;
  return all;
}

std::atomic<planted_bug>& bug_planted() {
  static std::atomic<planted_bug> which{bug_of_environment()};
  return which;
}

} // namespace

void plant(actors::planted_bug which) {
  bug_planted() = which;
}

void lose_hints(int percent, std::uint64_t seed) {
  const std::scoped_lock held{hints().mutex};
  hints().percent = percent;
  hints().chance.seed(seed);
  hints().counted = {};
}

hint_count hints_so_far() {
  const std::scoped_lock held{hints().mutex};
  return hints().counted;
}

} // namespace cafes::test

namespace cafes::actors {

void fault_point(std::string_view name) {
  static test::chosen_point deadly{"CAFES_FAULT_POINT"};
  static test::chosen_point stopping{"CAFES_STOP_POINT"};
  if (deadly.is_reached(name))
    ::kill(::getpid(), SIGKILL);
  if (stopping.is_reached(name))
    std::raise(SIGSTOP); // by this thread, so that it gets no further
}

bool is_planted(planted_bug which) {
  return test::bug_planted() == which;
}

bool loses_hint() {
  auto& all = test::hints();
  const std::scoped_lock held{all.mutex};
  const bool is_lost = std::uniform_int_distribution{0, 99}(all.chance)
                       < all.percent;
  ++(is_lost ? all.counted.lost : all.counted.sent);
  return is_lost;
}

} // namespace cafes::actors
