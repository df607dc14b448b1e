// SPDX-License-Identifier: MIT
#include "apps/application/program.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <memory>
#include <string>

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

void add_own_option(CLI::App& program, invocation& run,
                    const program_option& own) {
  const auto given = std::make_shared<std::string>(own.what.fallback);
  program.add_option(own.what.name, *given, own.what.help)->type_name("TEXT");
  run.options.emplace_back([given, apply = own.apply](definition& service) {
    return apply(service, *given);
  });
}

} // namespace cafes::program
