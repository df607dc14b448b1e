// SPDX-License-Identifier: MIT
//
// Answers the questions that are named, or all: each in its own file.
#include "bench/machine.hpp"
#include "bench/question.hpp"
#include "bench/table.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace {

using namespace cafes::bench;

struct wishes {
  std::vector<std::string> names;
  std::string json;
  bool quick = false;
  double rate = 0;
  std::size_t rounds = 0;
};

std::string known_names() {
  std::string text;
  for (const auto& one : all_questions())
    text += (text.empty() ? "" : ", ") + std::string{one.name};
  return text;
}

void write(const std::string& path, const std::string& text) {
  std::ofstream file{path};
  if (!(file << text).flush())
    throw std::runtime_error{"cannot write " + path};
}

int run(const wishes& asked) {
  for (const auto& name : asked.names)
    if (std::none_of(all_questions().begin(), all_questions().end(),
                     [&](const auto& one) { return one.name == name; }))
      throw std::runtime_error{"no bench is called " + name + ", only "
                               + known_names()};
  auto plan = asked.quick ? run_plan::quick() : run_plan{};
  plan.rate = asked.rate;
  if (asked.rounds > 0)
    plan.rounds = asked.rounds;
  std::vector<figure> figures;
  for (const auto& one : all_questions()) {
    if (!asked.names.empty()
        && std::find(asked.names.begin(), asked.names.end(), one.name)
             == asked.names.end())
      continue;
    std::cerr << one.name << " …\n";
    for (auto& answered : one.measure(plan))
      figures.push_back(std::move(answered));
  }
  std::cout << describe_machine() << '\n' << table_of(figures);
  if (!asked.json.empty())
    write(asked.json, json_of(figures));
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  wishes asked;
  CLI::App parser{"What the runtime reaches, of what the machine can do"};
  parser.add_option("NAME", asked.names, "Only these: " + known_names());
  parser.add_option("--json", asked.json, "Write the figures to this file");
  parser.add_flag("--quick", asked.quick, "Short rounds, for a smoke test");
  parser
    .add_option("--rate", asked.rate, "Commands per second of an open loop")
    ->check(CLI::PositiveNumber);
  parser.add_option("--rounds", asked.rounds, "Rounds of each")
    ->check(CLI::PositiveNumber);
  CLI11_PARSE(parser, argc, argv);
  try {
    return run(asked);
  } catch (const std::exception& failed) {
    std::cerr << "bench: " << failed.what() << '\n';
    return 1;
  }
}
