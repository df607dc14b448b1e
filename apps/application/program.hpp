// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/application.hpp>
#include <cafes/settings.hpp>

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Validator;
} // namespace CLI

namespace cafes::program {

/// What all verbs of one run share: read from the command line, then used by
/// the verb that was named.
struct invocation {
  std::string name;
  definition service;
  settings with;
  /// What the program's own options do, once they are read.
  std::vector<std::function<expected<void>(definition&)>> options;
  /// Set by the verb's callback while the command line is parsed.
  std::function<int()> action;
};

/// Starts the runtime; on failure says why on stderr.
[[nodiscard]] expected<runtime> start(const invocation& run,
                                      participation role);

/// Starts a runtime that reads.
/// Errors as start; invalid_argument for a SQLite file that is not there,
/// so that reading never creates an empty store.
[[nodiscard]] expected<runtime> start_reading(const invocation& run);

/// Says an error on stderr and gives the exit code of its class.
[[nodiscard]] int report(const error& failed);

/// What each projection says once it has found its view, here or elsewhere;
/// within ten seconds in all.
std::vector<projection_status> found_projections(runtime& service);

/// Refuses what is no whole number from 1.
[[nodiscard]] CLI::Validator from_1();

/// 0 done, 1 not found, 65 bad data, 69 unavailable, 70 a fault, 75 again.
[[nodiscard]] int exit_code_of(errc code);

// -- the verbs, a file each --------------------------------------------------

void add_send(CLI::App& program, invocation& run);
void add_view(CLI::App& program, invocation& run);
void add_stream(CLI::App& program, invocation& run);
void add_projection(CLI::App& program, invocation& run);
/// Of `projection`.
void add_parked(CLI::App& projection, invocation& run);
void add_rebuild(CLI::App& projection, invocation& run);
void add_store(CLI::App& program, invocation& run);
void add_own(CLI::App& program, invocation& run, const verb& own);
void add_own_option(CLI::App& program, invocation& run,
                    const program_option& own);

} // namespace cafes::program
