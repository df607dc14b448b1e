// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/settings.hpp>

namespace CLI {
class App;
} // namespace CLI

namespace cafes::config {

/// Adds the options that fill in settings: command line before environment
/// before the defaults that are in `read` already. `read` must outlive the
/// parsing.
void add_settings(CLI::App& program, settings& read);

} // namespace cafes::config
