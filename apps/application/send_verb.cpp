// SPDX-License-Identifier: MIT
#include "apps/application/program.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <variant>

namespace cafes::program {

namespace {

using nlohmann::ordered_json;

constexpr std::chrono::seconds reactions_max{10};

struct send_arguments {
  std::string category;
  std::string key;
  std::string command;
  std::string json = "{}";
  std::string id;
  bool as_json = false;
};

int show(const send_arguments& sent, const named_outcome::accepted& stored) {
  if (sent.as_json) {
    ordered_json shown{{"outcome", "accepted"},
                       {"version", stored.at_version.value()},
                       {"position", stored.at_position.value()},
                       {"repeated", stored.repeated},
                       {"events", ordered_json::array()}};
    for (const auto& event : stored.events)
      shown["events"].push_back({{"type", event.type},
                                 {"schema_version", event.schema_version},
                                 {"data", ordered_json::parse(event.data)}});
    std::cout << shown.dump(2) << '\n';
    return 0;
  }
  std::cout << "accepted: " << sent.category << '-' << sent.key << " version "
            << stored.at_version << " position " << stored.at_position
            << (stored.repeated ? " (as before)" : "") << '\n';
  for (const auto& event : stored.events)
    std::cout << "  " << event.type << ' ' << event.data << '\n';
  return 0;
}

int show(const send_arguments& sent, const named_outcome::rejected& refused) {
  if (sent.as_json)
    std::cout
      << ordered_json{{"outcome", "rejected"}, {"reason", refused.reason}}.dump(
           2)
      << '\n';
  else
    std::cout << "rejected: " << refused.reason << '\n';
  return 1;
}

int show(const send_arguments& sent, const error& failed) {
  if (sent.as_json)
    std::cout << ordered_json{{"outcome", "error"},
                              {"code", to_string(failed.code)},
                              {"message", failed.message},
                              {"remedy", explain(failed.code).remedy}}
                   .dump(2)
              << '\n';
  return report(failed);
}

int send(const invocation& run, const send_arguments& asked) {
  send_options options;
  if (!asked.id.empty()) {
    const auto id = parse_uuid(asked.id);
    if (!id)
      return report(id.error());
    options.id = *id;
    // Whoever gives an id by hand may be repeating a command.
    options.retry = true;
  }
  auto service = start(run, participation::full);
  if (!service)
    return report(service.error());
  auto answer = service->send_named(asked.category, asked.key, asked.command,
                                    asked.json, options);
  const auto outcome = answer.get();
  // This process is the one that reacts: what it ends before, the next one
  // does.
  if (!run.service.reactors().empty())
    if (auto reacted = service->drain(reactions_max); !reacted)
      std::cerr << describe(reacted.error()) << '\n';
  return std::visit([&](const auto& ended) { return show(asked, ended); },
                    outcome.ended);
}

} // namespace

void add_send(CLI::App& program, invocation& run) {
  auto* command = program.add_subcommand("send", "Send one command");
  const auto asked = std::make_shared<send_arguments>();
  command->add_option("CATEGORY", asked->category, "The kind of aggregate")
    ->required();
  command->add_option("KEY", asked->key, "Which one")->required();
  command->add_option("COMMAND", asked->command, "What to ask of it")
    ->required();
  command
    ->add_option("JSON", asked->json, "The command's fields as a JSON object")
    ->capture_default_str();
  command->add_option("--id", asked->id,
                      "Command id (UUID): repeating it has no second effect");
  command->add_flag("--json", asked->as_json, "Answer as JSON");
  command->callback([&run, asked] {
    run.action = [&run, asked] { return send(run, *asked); };
  });
}

} // namespace cafes::program
