// SPDX-License-Identifier: MIT
#include "apps/application/program.hpp"
#include "apps/application/table.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace cafes::program {

namespace {

using nlohmann::ordered_json;

void print_json(const store_summary& held) {
  ordered_json shown{{"backend", held.backend},
                     {"place", held.place},
                     {"schema_version", held.schema_version},
                     {"payload", held.payload},
                     {"streams", held.streams},
                     {"events", held.events},
                     {"head", held.head.value()},
                     {"epoch", held.epoch.value()},
                     {"owner", held.owner},
                     {"event_types", ordered_json::array()}};
  for (const auto& type : held.event_types)
    shown["event_types"].push_back({{"name", type.name},
                                    {"schema_version", type.schema_version},
                                    {"shape", type.shape}});
  std::cout << shown.dump(2) << '\n';
}

void print_text(const store_summary& held) {
  table shown;
  shown.add({"backend", held.backend});
  shown.add({"place", held.place});
  shown.add({"schema version", std::to_string(held.schema_version)});
  shown.add({"payload", held.payload});
  shown.add({"streams", std::to_string(held.streams)});
  shown.add({"events", std::to_string(held.events)});
  shown.add({"head", std::to_string(held.head.value())});
  shown.add({"epoch", std::to_string(held.epoch.value())});
  shown.add({"last owner", held.owner.empty() ? "nobody yet" : held.owner});
  for (const auto& type : held.event_types)
    shown.add({"event type", type.name + " v"
                               + std::to_string(type.schema_version) + " "
                               + type.shape});
  shown.print(std::cout);
}

int show(runtime& service, bool as_json) {
  auto held = service.summary();
  if (!held)
    return report(held.error());
  if (as_json)
    print_json(*held);
  else
    print_text(*held);
  return 0;
}

int init(const invocation& run, bool as_json) {
  auto service = start(run, participation::full);
  return service ? show(*service, as_json) : report(service.error());
}

int info(const invocation& run, bool as_json) {
  auto service = start_reading(run);
  return service ? show(*service, as_json) : report(service.error());
}

} // namespace

void add_store(CLI::App& program, invocation& run) {
  auto* group = program.add_subcommand("store", "Look after the store");
  group->require_subcommand(1);
  group->fallthrough();
  const auto as_json = std::make_shared<bool>(false);
  const auto add = [&](const char* verb, const char* help,
                       int (*act)(const invocation&, bool)) {
    auto* command = group->add_subcommand(verb, help);
    command->add_flag("--json", *as_json, "As JSON");
    command->callback([&run, as_json, act] {
      run.action = [&run, as_json, act] { return act(run, *as_json); };
    });
  };
  add("init", "Create the store or bring it up to date", init);
  add("info", "Show what the store holds", info);
}

} // namespace cafes::program
