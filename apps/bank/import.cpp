// SPDX-License-Identifier: MIT
#include "apps/bank/import.hpp"

#include "apps/bank/import_queue.hpp"
#include "apps/bank/import_report.hpp"
#include "apps/bank/statement.hpp"

#include <cafes/progress.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>

namespace bank {

namespace {

constexpr int negative_finding = 1;
constexpr int wrong_usage = 64;
constexpr int bad_data = 65;
constexpr int try_again = 75;

constexpr std::chrono::minutes catch_up_max{10};
/// After a failure, when the view may never catch up.
constexpr std::chrono::seconds catch_up_after_failure_max{5};
constexpr std::chrono::milliseconds progress_interval{100};

std::optional<cents> parse_cents(const std::string& text) {
  std::int64_t count = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped, failed] = std::from_chars(text.data(), end, count);
  if (failed != std::errc{} || stopped != end || count < 0)
    return std::nullopt;
  return cents{count};
}

/// Rows below the header; 0, not known, for a pipe, which can be read only
/// once.
std::size_t count_rows(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored))
    return 0;
  std::ifstream file{path};
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line);)
    ++lines;
  return std::max<std::size_t>(lines, 1) - 1;
}

/// Feeds the queue until the file ends or the queue wants no more.
imported read_and_send(cafes::runtime& service, statement_reader& statement,
                       cents overdraft_limit, std::size_t rows) {
  imported all;
  import_queue queue{service, overdraft_limit};
  cafes::progress bar{"import", rows};
  while (auto row = statement.next()) {
    if (const auto* mistake = std::get_if<malformed_line>(&*row)) {
      all.malformed.push_back(*mistake);
      continue;
    }
    auto& read = std::get<transaction>(*row);
    all.stated_balances[read.account] = read.balance;
    if (!queue.push(std::move(read)))
      break;
    bar.update(queue.done() + all.malformed.size());
  }
  while (!queue.wait_for_answers(progress_interval))
    bar.update(queue.done() + all.malformed.size());
  all.ended = queue.finish();
  bar.update(queue.done() + all.malformed.size());
  bar.finish();
  return all;
}

int exit_code_of(const imported& all) {
  if (all.ended.failure)
    return try_again;
  if (!all.malformed.empty() || !all.ended.faulty.empty())
    return bad_data;
  return all.ended.refused.empty() ? 0 : negative_finding;
}

int import(cafes::verb_context& given) {
  const auto overdraft_limit = parse_cents(given["--overdraft"]);
  if (!overdraft_limit) {
    std::cerr << "--overdraft: expected a whole number of cents from 0, got \""
              << given["--overdraft"] << "\"\n";
    return wrong_usage;
  }
  std::error_code ignored;
  std::ifstream file;
  if (!std::filesystem::is_directory(given["FILE"], ignored))
    file.open(given["FILE"]);
  if (!file.is_open()) {
    std::cerr << given["FILE"] << ": cannot be read\n";
    return bad_data;
  }
  statement_reader statement{file};
  if (const auto mistake = statement.read_header()) {
    std::cerr << given["FILE"] << ": " << describe(*mistake) << '\n';
    return bad_data;
  }
  auto& service = given.runtime();
  const auto before = service.status().head;
  const auto started = std::chrono::steady_clock::now();
  auto all = read_and_send(service, statement, *overdraft_limit,
                           count_rows(given["FILE"]));
  all.took = std::chrono::steady_clock::now() - started;
  all.new_events = service.status().head.value() - before.value();
  report_problems(given["FILE"], all);
  const std::chrono::milliseconds patience
    = all.ended.failure ? std::chrono::milliseconds{catch_up_after_failure_max}
                        : std::chrono::milliseconds{catch_up_max};
  if (auto caught_up = service.drain(patience); !caught_up) {
    std::cerr << cafes::describe(caught_up.error()) << '\n';
    return try_again;
  }
  if (auto printed = print_summary(service, all); !printed) {
    std::cerr << cafes::describe(printed.error()) << '\n';
    return try_again;
  }
  return exit_code_of(all);
}

} // namespace

cafes::verb import_verb() {
  return {"import",
          "Import a bank statement; importing it again adds nothing",
          {{"FILE", "CSV as docs/statement.md describes it", ""},
           {"--overdraft",
            "Overdraft limit of accounts opened by this import, in cents",
            "10000000"}},
          import};
}

} // namespace bank
