// SPDX-License-Identifier: MIT
#include "apps/application/program.hpp"
#include "apps/application/table.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <vector>

namespace cafes::program {

namespace {

using nlohmann::ordered_json;

constexpr std::chrono::seconds find_max{10};

struct projection_arguments {
  std::string projection;
  std::string why = "paused by hand";
  bool as_json = false;
};

ordered_json to_json(const projection_status& each) {
  if (!each.rebuild)
    return nullptr;
  ordered_json shown{{"build", each.rebuild->build},
                     {"checkpoint", each.rebuild->checkpoint.value()},
                     {"under_way", each.rebuild->is_under_way},
                     {"goes_back", each.rebuild->goes_back},
                     {"events_per_second", each.rebuild->events_per_second},
                     {"remaining_s", nullptr},
                     {"stopped", each.rebuild_stopped}};
  if (each.rebuild->remaining)
    shown["remaining_s"] = each.rebuild->remaining->count();
  return shown;
}

/// "2", "2, 3 at 45 %", "2, 3 stopped at 45 %"; "-" for a reactor.
std::string builds_of(const projection_status& each) {
  if (each.kind == projection_kind::reactor)
    return "-";
  auto shown = std::to_string(each.build);
  if (!each.rebuild)
    return shown;
  const auto whole = std::max<std::int64_t>(1, each.checkpoint.value());
  return shown + ", " + std::to_string(each.rebuild->build)
         + (each.rebuild->is_under_way ? " at " : " stopped at ")
         + std::to_string(each.rebuild->checkpoint.value() * 100 / whole)
         + " %";
}

void print_json(const std::vector<projection_status>& projections) {
  auto shown = ordered_json::array();
  for (const auto& each : projections)
    shown.push_back({{"name", each.name},
                     {"kind", to_string(each.kind)},
                     {"version", each.version},
                     {"phase", to_string(each.phase)},
                     {"checkpoint", each.checkpoint.value()},
                     {"lag_events", each.lag_events},
                     {"lag_ms", each.lag_time.count()},
                     {"events_per_second", each.events_per_second},
                     {"restarts", each.restarts},
                     {"parked", each.parked},
                     {"build", each.build},
                     {"can_roll_back", each.can_roll_back},
                     {"rebuild", to_json(each)},
                     {"paused", each.paused},
                     {"last_error", each.last_error}});
  std::cout << shown.dump(2) << '\n';
}

void print_text(const std::vector<projection_status>& projections) {
  table shown;
  shown.add({"name", "kind", "version", "phase", "checkpoint", "lag", "parked",
             "build", "why"});
  for (const auto& each : projections)
    shown.add({each.name, std::string{to_string(each.kind)},
               std::to_string(each.version), std::string{to_string(each.phase)},
               std::to_string(each.checkpoint.value()),
               std::to_string(each.lag_events), std::to_string(each.parked),
               builds_of(each),
               each.paused.empty() ? each.last_error : each.paused});
  shown.print(std::cout);
}

int list(const invocation& run, const projection_arguments& asked) {
  auto service = start_reading(run);
  if (!service)
    return report(service.error());
  const auto projections = found_projections(*service);
  if (asked.as_json)
    print_json(projections);
  else
    print_text(projections);
  return 0;
}

int pause(const invocation& run, const projection_arguments& asked) {
  auto service = start_reading(run);
  if (!service)
    return report(service.error());
  found_projections(*service);
  auto paused = service->pause_projection(asked.projection, asked.why);
  return paused ? 0 : report(paused.error());
}

int resume(const invocation& run, const projection_arguments& asked) {
  auto service = start_reading(run);
  if (!service)
    return report(service.error());
  found_projections(*service);
  auto resumed = service->resume_projection(asked.projection);
  return resumed ? 0 : report(resumed.error());
}

using projection_act = int (*)(const invocation&, const projection_arguments&);

} // namespace

/// One that has found its view has come to position 0 at least.
std::vector<projection_status> found_projections(runtime& service) {
  using std::chrono::milliseconds;
  const auto until = std::chrono::steady_clock::now() + find_max;
  for (const auto& each : service.status().projections) {
    const auto left = std::chrono::duration_cast<milliseconds>(
      until - std::chrono::steady_clock::now());
    static_cast<void>(service.query_documents(
      each.name, {.limit = 1}, {position{}, std::max(left, milliseconds{0})}));
  }
  return service.status().projections;
}

void add_projection(CLI::App& program, invocation& run) {
  auto* group = program.add_subcommand("projection",
                                       "Look after projections and reactors");
  group->require_subcommand(1);
  group->fallthrough();
  const auto asked = std::make_shared<projection_arguments>();
  const auto add = [&](const char* verb, const char* help, projection_act act) {
    auto* command = group->add_subcommand(verb, help);
    command->callback([&run, asked, act] {
      run.action = [&run, asked, act] { return act(run, *asked); };
    });
    return command;
  };
  add("list", "Show how far each one is", list)
    ->add_flag("--json", asked->as_json, "As JSON");
  auto* stop = add("pause", "Stop one where it is, until it is resumed", pause);
  stop->add_option("PROJECTION", asked->projection, "Its name")->required();
  stop->add_option("--why", asked->why, "What others are to read")
    ->type_name("TEXT")
    ->capture_default_str();
  add("resume", "Let one go on", resume)
    ->add_option("PROJECTION", asked->projection, "Its name")
    ->required();
  add_parked(*group, run);
  add_rebuild(*group, run);
}

} // namespace cafes::program
