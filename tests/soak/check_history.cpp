// SPDX-License-Identifier: MIT
#include "tests/soak/history_checker.hpp"
#include "tests/soak/log_lines.hpp"

#include <exception>
#include <iostream>
#include <string_view>

// check_history HISTORY STORE [under_way]: checks a history against a store, or
// against what a failed round of the soak has left behind of its log.

namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";
constexpr std::string_view log_scheme = "log:";

std::vector<cafes::test::stored_event> events_of(const std::string& store) {
  using namespace cafes;
  if (store.starts_with(log_scheme))
    return soak::read_log_lines(store.substr(log_scheme.size()));
  if (store.starts_with(sqlite_scheme))
    return test::open_sqlite_log(store.substr(sqlite_scheme.size()))->events();
  return test::open_postgres_log(store)->events();
}

int check(const std::string& path, const std::string& store, bool under_way) {
  using namespace cafes;
  const auto told = soak::read_history(path);
  const auto log = events_of(store);
  const auto found = soak::check_history(told, log,
                                         under_way ? soak::load_phase::under_way
                                                   : soak::load_phase::at_rest);
  for (const auto& each : found)
    std::cout << each << '\n';
  std::cout << told.size() << " records, " << log.size() << " events, "
            << found.size() << " findings\n";
  return found.empty() ? 0 : 1;
}

} // namespace

int main(int count, char** arguments) {
  if (count < 3 || count > 4) {
    std::cerr << "usage: check_history HISTORY STORE|log:FILE [under_way]\n";
    return 64;
  }
  try {
    return check(arguments[1], arguments[2],
                 count == 4 && std::string_view{arguments[3]} == "under_way");
  } catch (const std::exception& failed) {
    std::cerr << failed.what() << '\n';
    return 70;
  }
}
