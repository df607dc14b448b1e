// SPDX-License-Identifier: MIT
#include "apps/application/program.hpp"
#include "apps/application/table.hpp"

#include <cafes/limits.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <functional>
#include <iostream>
#include <memory>

namespace cafes::program {

namespace {

using nlohmann::ordered_json;

struct read_arguments {
  std::string stream;
  std::int64_t from = 1;
  bool as_json = false;
};

ordered_json to_json(const recorded_event& event) {
  ordered_json shown{{"position", event.at.value()},
                     {"stream", to_string(event.stream)},
                     {"version", event.at_version.value()},
                     {"type", event.type},
                     {"schema_version", event.schema_version},
                     {"recorded_at", to_string(event.recorded_at)}};
  const auto add_id = [&](const char* name, const uuid& id) {
    shown[name] = id.is_nil() ? ordered_json{} : ordered_json(to_string(id));
  };
  add_id("command_id", event.from.command_id);
  add_id("correlation_id", event.from.correlation_id);
  add_id("causation_id", event.from.causation_id);
  shown["data"] = ordered_json::parse(event.data);
  shown["metadata"] = event.metadata.empty()
                        ? ordered_json{}
                        : ordered_json::parse(event.metadata);
  return shown;
}

expected<std::vector<recorded_event>>
read_all(runtime& service, const stream_name& stream, version from) {
  std::vector<recorded_event> events;
  for (;;) {
    auto page = service.read_stream(stream, from, limits::page_events_max);
    if (!page)
      return failure_of(page);
    for (auto& event : page->events)
      events.push_back(std::move(event));
    if (!page->more)
      return events;
    from = events.back().at_version.next();
  }
}

int read(const invocation& run, const read_arguments& asked) {
  const auto stream = parse_stream_name(asked.stream);
  if (!stream)
    return report(stream.error());
  auto service = start_reading(run);
  if (!service)
    return report(service.error());
  auto events = read_all(*service, *stream, version{asked.from});
  if (!events)
    return report(events.error());
  if (asked.as_json) {
    auto shown = ordered_json::array();
    for (const auto& event : *events)
      shown.push_back(to_json(event));
    std::cout << shown.dump(2) << '\n';
    return 0;
  }
  table shown;
  shown.add({"version", "position", "recorded_at", "type", "data"});
  for (const auto& event : *events)
    shown.add({std::to_string(event.at_version.value()),
               std::to_string(event.at.value()), to_string(event.recorded_at),
               event.type, event.data});
  shown.print(std::cout);
  return 0;
}

} // namespace

void add_stream(CLI::App& program, invocation& run) {
  auto* group = program.add_subcommand("stream", "Look at event streams");
  group->require_subcommand(1);
  group->fallthrough();
  auto* command = group->add_subcommand("read", "Show the events of a stream");
  const auto asked = std::make_shared<read_arguments>();
  command->add_option("STREAM", asked->stream, "category-key, as account-42")
    ->required();
  command->add_option("--from", asked->from, "The first version to show")
    ->type_name("N")
    ->check(from_1())
    ->capture_default_str();
  command->add_flag("--json", asked->as_json, "As JSON");
  command->callback([&run, asked] {
    run.action = [&run, asked] { return read(run, *asked); };
  });
}

} // namespace cafes::program
