// SPDX-License-Identifier: MIT
#include "apps/application/program.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <memory>

namespace cafes::program {

void add_own(CLI::App& program, invocation& run, const verb& own) {
  auto* command = program.add_subcommand(own.name, own.help);
  const auto given = std::make_shared<std::map<std::string, std::string>>();
  for (const auto& parameter : own.parameters) {
    auto& text = (*given)[parameter.name];
    text = parameter.fallback;
    auto* option = command->add_option(parameter.name, text, parameter.help);
    if (parameter.name.starts_with("-"))
      option->capture_default_str();
    else
      option->required();
  }
  command->callback([&run, given, action = own.run] {
    run.action = [&run, given, action] {
      auto service = start(run, participation::full);
      if (!service)
        return report(service.error());
      verb_context context{*service, *given};
      return action(context);
    };
  });
}

} // namespace cafes::program
