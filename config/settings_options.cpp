// SPDX-License-Identifier: MIT
#include "config/settings_options.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <string>

namespace cafes::config {

void add_settings(CLI::App& program, settings& read) {
  program
    .add_option("--store", read.store,
                "Where events are kept: sqlite:PATH, memory:, postgresql://… "
                "or a libpq conninfo")
    ->envname("CAFES_STORE")
    ->capture_default_str()
    ->type_name("DSN");
  program
    .add_option("--payload", read.payload,
                "How PostgreSQL keeps payloads in a store created now: jsonb "
                "(indexable) or json (as written)")
    ->envname("CAFES_PAYLOAD")
    ->transform(CLI::CheckedTransformer(std::map<std::string, payload_format>{
      {"jsonb", payload_format::jsonb}, {"json", payload_format::json}}))
    ->type_name("FORMAT");
}

} // namespace cafes::config
