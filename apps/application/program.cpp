// SPDX-License-Identifier: MIT
#include "apps/application/program.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <system_error>

namespace cafes::program {

namespace {

expected<void> check_file_exists(const std::string& store) {
  constexpr std::string_view form = "sqlite:";
  std::error_code ignored;
  if (!store.starts_with(form)
      || std::filesystem::exists(store.substr(form.size()), ignored))
    return {};
  return failure(errc::invalid_argument,
                 "there is no store at " + store.substr(form.size())
                   + "; `store init` makes one, --store names another");
}

} // namespace

expected<runtime> start(const invocation& run, participation role) {
  return runtime::start(run.service, run.with, role);
}

expected<runtime> start_reading(const invocation& run) {
  if (auto exists = check_file_exists(run.with.store); !exists)
    return failure_of(exists);
  return start(run, participation::reader);
}

CLI::Validator from_1() {
  return CLI::Validator{
    [](const std::string& text) -> std::string {
      std::int64_t number = 0;
      const auto* end = text.data() + text.size();
      const auto [stopped, failed] = std::from_chars(text.data(), end, number);
      if (failed == std::errc{} && stopped == end && number > 0)
        return "";
      return "expected a whole number from 1, got " + text;
    },
    ""};
}

int report(const error& failed) {
  std::cerr << describe(failed) << '\n';
  return exit_code_of(failed.code);
}

int exit_code_of(errc code) {
  switch (code) {
    case errc::stream_not_found:
      return 1;
    case errc::invalid_argument:
    case errc::limit_exceeded:
    case errc::unknown_type:
    case errc::command_id_reused:
      return 65;
    case errc::unavailable:
      return 69;
    case errc::corrupt:
    case errc::log_truncated:
    case errc::incompatible_schema:
      return 70;
    case errc::version_conflict:
    case errc::overloaded:
    case errc::deadline_exceeded:
    case errc::not_owner:
    case errc::moved:
    case errc::outcome_unknown:
    case errc::shutting_down:
      return 75;
  }
  return 70;
}

} // namespace cafes::program
