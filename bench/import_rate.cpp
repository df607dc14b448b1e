// SPDX-License-Identifier: MIT
//
// Question: how much faster is an import through aggregates, with all their
// guarantees, than the loop one would write by hand?
//
// import_rate [FILE] [--rounds N]: both import the same rows into a fresh
// schema of the PostgreSQL in CAFES_TEST_POSTGRES, by turns, so that they meet
// the same machine. The import's time is from the first row read to the last
// answer: accounts opened, events durable. Start and projections are not in
// it, and not in the loop's, which has neither.
#include "apps/bank/import_queue.hpp"
#include "apps/bank/statement.hpp"
#include "bench/naive_loop.hpp"
#include "domain/balances.hpp"
#include "tests/support/scratch_schema.hpp"
#include "tests/support/statement_file.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

namespace cafes::bench {

namespace {

constexpr test::statement_size generated{10'000, 240};

using rows = std::vector<bank::transaction>;
using seconds = std::chrono::duration<double>;

rows read_rows(std::istream& in) {
  bank::statement_reader statement{in};
  if (const auto mistake = statement.read_header())
    throw std::runtime_error{describe(*mistake)};
  rows all;
  while (auto row = statement.next())
    all.push_back(std::get<bank::transaction>(*std::move(row)));
  return all;
}

rows load(const std::string& path) {
  if (!path.empty()) {
    std::ifstream file{path};
    return read_rows(file);
  }
  test::seeded_random random{"rows"};
  std::istringstream text{test::make_statement(generated, random).text()};
  return read_rows(text);
}

seconds run_import(const std::string& conninfo, const rows& all) {
  settings with;
  with.store = conninfo;
  auto service = runtime::start(
    definition{}.aggregate<bank::account>().projection<bank::balances>(), with);
  if (!service)
    throw std::runtime_error{describe(service.error())};
  const auto started = std::chrono::steady_clock::now();
  bank::import_queue queue{*service, bank::cents{10'000'000}};
  for (const auto& row : all)
    if (!queue.push(row))
      break;
  const auto ended = queue.finish();
  const auto took = std::chrono::steady_clock::now() - started;
  if (ended.accepted != all.size())
    throw std::runtime_error{"not every row was accepted"};
  return took;
}

/// Middle, lowest and highest rate of the rounds.
struct rates {
  double median;
  double low;
  double high;
};

rates rates_of(std::vector<seconds> rounds, std::size_t count) {
  std::sort(rounds.begin(), rounds.end());
  const auto rate = [&](seconds took) {
    return static_cast<double>(count) / took.count();
  };
  return {rate(rounds[rounds.size() / 2]), rate(rounds.back()),
          rate(rounds.front())};
}

void print(const char* name, const rates& shown) {
  fmt::print("{:<22} {:>9.0f} rows/s   ({:.0f} to {:.0f})\n", name,
             shown.median, shown.low, shown.high);
}

int run(const std::string& path, int rounds) {
  const auto all = load(path);
  std::vector<seconds> imports;
  std::vector<seconds> loops;
  std::vector<double> ratios;
  for (int round = 0; round < rounds; ++round) {
    loops.push_back(run_naive_loop(test::scratch_schema{}.conninfo(), all));
    imports.push_back(run_import(test::scratch_schema{}.conninfo(), all));
    ratios.push_back(loops.back() / imports.back());
  }
  std::sort(ratios.begin(), ratios.end());
  fmt::print("{} rows, {} rounds, median (lowest to highest)\n", all.size(),
             rounds);
  print("select, insert, commit", rates_of(loops, all.size()));
  print("import", rates_of(imports, all.size()));
  fmt::print("{:<22} {:>9.2f}          ({:.2f} to {:.2f})\n", "ratio",
             ratios[ratios.size() / 2], ratios.front(), ratios.back());
  return 0;
}

} // namespace

} // namespace cafes::bench

int main(int argc, char** argv) {
  std::string path;
  int rounds = 5;
  CLI::App parser{"The import against a hand-written loop"};
  parser.add_option("FILE", path,
                    "A statement; without it, 10,000 generated rows");
  parser.add_option("--rounds", rounds, "How often each runs")
    ->check(CLI::PositiveNumber)
    ->capture_default_str();
  CLI11_PARSE(parser, argc, argv);
  try {
    return cafes::bench::run(path, rounds);
  } catch (const std::exception& failed) {
    std::cerr << "import_rate: " << failed.what() << '\n';
    return 1;
  }
}
