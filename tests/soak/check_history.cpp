// SPDX-License-Identifier: MIT
#include "tests/soak/history_checker.hpp"

#include <exception>
#include <iostream>
#include <string_view>

// check_history HISTORY STORE [under_way]: checks a history that a round of
// the soak has left behind against the store that it has left behind.

namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

int check(const std::string& path, const std::string& store, bool under_way) {
  using namespace cafes;
  const auto told = soak::read_history(path);
  const auto log = store.starts_with(sqlite_scheme)
                     ? test::open_sqlite_log(store.substr(sqlite_scheme.size()))
                     : test::open_postgres_log(store);
  const auto found = soak::check_history(told, log->events(),
                                         under_way ? soak::load_phase::under_way
                                                   : soak::load_phase::at_rest);
  for (const auto& each : found)
    std::cout << each << '\n';
  std::cout << told.size() << " records, " << log->head() << " events, "
            << found.size() << " findings\n";
  return found.empty() ? 0 : 1;
}

} // namespace

int main(int count, char** arguments) {
  if (count < 3 || count > 4) {
    std::cerr << "usage: check_history HISTORY STORE [under_way]\n";
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
