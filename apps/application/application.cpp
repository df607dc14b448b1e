// SPDX-License-Identifier: MIT
#include "apps/application/program.hpp"
#include "config/settings_options.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>
#include <utility>

namespace cafes {

namespace {

constexpr int wrong_usage = 64;
constexpr int fault = 70;

/// A missing verb is often one that was misspelt: CLI11 does not say so.
std::string say_mistake(const CLI::App* parser, const CLI::Error& mistake) {
  const auto unknown = parser->remaining(true);
  const auto said = CLI::FailureMessage::simple(parser, mistake);
  return mistake.get_name() == "RequiredError" && !unknown.empty()
           ? "\"" + unknown.front() + "\" is not known\n" + said
           : said;
}

/// CLI11 prints help to stdout with code 0 and mistakes to stderr; its own
/// codes for mistakes become the one of wrong usage.
int parse_and_run(CLI::App& program, program::invocation& run, int argc,
                  char** argv) {
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& mistake) {
    return program.exit(mistake) == 0 ? 0 : wrong_usage;
  }
  for (const auto& apply : run.options)
    if (auto applied = apply(run.service); !applied)
      return program::report(applied.error());
  return run.action();
}

} // namespace

application::application(std::string name) : name_{std::move(name)} {}

application& application::add(verb own) {
  verbs_.push_back(std::move(own));
  return *this;
}

application& application::add(program_option own) {
  options_.push_back(std::move(own));
  return *this;
}

int application::main(int argc, char** argv) {
  try {
    program::invocation run;
    run.name = name_;
    run.service = service_;
    run.with.store = "sqlite:" + name_ + ".db";

    CLI::App parser{name_ + ": an event-sourced service", name_};
    parser.failure_message(say_mistake);
    parser.require_subcommand(1);
    parser.fallthrough();
    parser.set_version_flag("--version", std::string{CAFES_VERSION});
    config::add_settings(parser, run.with);
    for (const auto& own : options_)
      program::add_own_option(parser, run, own);
    for (const auto& own : verbs_)
      program::add_own(parser, run, own);
    program::add_send(parser, run);
    program::add_view(parser, run);
    program::add_stream(parser, run);
    program::add_projection(parser, run);
    program::add_store(parser, run);
    return parse_and_run(parser, run, argc, argv);
  } catch (const std::exception& thrown) {
    std::cerr << name_ << ": " << thrown.what() << '\n';
    return fault;
  }
}

} // namespace cafes
