// SPDX-License-Identifier: MIT
//
// Answers the questions that are named, or all: each in its own file.
#include "bench/chart.hpp"
#include "bench/machine.hpp"
#include "bench/postgres.hpp"
#include "bench/question.hpp"
#include "bench/resident_aggregates.hpp"
#include "bench/table.hpp"
#include "bench/usage.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace {

using namespace cafes::bench;

struct wishes {
  std::vector<std::string> names;
  std::string json;
  std::string svg;
  bool quick = false;
  double rate = 0;
  std::size_t rounds = 0;
  /// For a child process of our own.
  std::size_t use_once = 0;
  std::size_t budget = 0;
};

std::string known_names() {
  std::string text;
  for (const auto& one : all_questions())
    text += (text.empty() ? "" : ", ") + std::string{one.name};
  return text;
}

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void check_names(const wishes& asked) {
  for (const auto& name : asked.names)
    if (std::none_of(all_questions().begin(), all_questions().end(),
                     [&](const auto& one) { return one.name == name; }))
      throw std::runtime_error{"no bench is called " + name + ", only "
                               + known_names()};
}

run_plan plan_of(const wishes& asked) {
  auto plan = asked.quick ? run_plan::quick() : run_plan{};
  plan.rate = asked.rate;
  if (asked.rounds > 0)
    plan.rounds = asked.rounds;
  return plan;
}

/// Beside the JSON, else beside the program.
std::filesystem::path chart_file(const wishes& asked) {
  if (!asked.svg.empty())
    return asked.svg;
  if (!asked.json.empty())
    return std::filesystem::path{asked.json}.replace_extension("svg");
  return std::filesystem::read_symlink("/proc/self/exe").parent_path()
         / "bench.svg";
}

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out{file};
  if (!(out << text).flush())
    throw std::runtime_error{"cannot write " + file.string()};
}

int run_asked(const wishes& asked) {
  if (asked.use_once > 0) {
    print_use_once(asked.use_once, asked.budget);
    return 0;
  }
  check_names(asked);
  const auto plan = plan_of(asked);
  const auto machine = describe_machine();
  std::cout << machine << std::endl;
  const auto server = server_of(bench_server());
  const other_load others{server};
  const auto session = connect(bench_server());
  std::vector<figure> figures;
  for (const auto& one : all_questions()) {
    if (!asked.names.empty() && !has(asked.names, one.name))
      continue;
    std::cerr << one.name << " …\n";
    // None in the middle of a round, as far as it is in our hands.
    run(session, "CHECKPOINT");
    for (auto& answered : one.measure(plan))
      figures.push_back(std::move(answered));
  }
  const auto meanwhile = others.describe();
  std::cout << table_of(figures) << '\n' << meanwhile;
  if (!asked.json.empty())
    write(asked.json, json_of(figures));
  const auto chart = chart_file(asked);
  write(chart, chart_of(figures, machine + meanwhile));
  std::cerr << "chart: " << chart.string() << '\n';
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  wishes asked;
  CLI::App parser{"What the runtime reaches, of what the machine can do"};
  parser.add_option("NAME", asked.names, "Only these: " + known_names());
  parser.add_option("--json", asked.json, "Write the figures to this file");
  parser.add_option("--svg", asked.svg,
                    "Draw the figures into this file; without it, beside the "
                    "JSON, or bench.svg beside this program");
  parser.add_flag("--quick", asked.quick, "Short rounds, for a smoke test");
  parser
    .add_option("--rate", asked.rate, "Commands per second of an open loop")
    ->check(CLI::PositiveNumber);
  parser.add_option("--rounds", asked.rounds, "Rounds of each")
    ->check(CLI::PositiveNumber);
  // How it starts itself for memory figures; not for people.
  parser.add_option("--use-once", asked.use_once)->group("");
  parser.add_option("--budget", asked.budget)->group("");
  CLI11_PARSE(parser, argc, argv);
  try {
    return run_asked(asked);
  } catch (const std::exception& failed) {
    std::cerr << "bench: " << failed.what() << '\n';
    return 1;
  }
}
