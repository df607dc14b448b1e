// SPDX-License-Identifier: MIT
#include "apps/application/program.hpp"
#include "apps/application/table.hpp"

#include <cafes/limits.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <thread>
#include <vector>

namespace cafes::program {

namespace {

using nlohmann::ordered_json;

constexpr std::chrono::seconds obey_max{60};
constexpr std::chrono::milliseconds look_again{50};

struct parked_arguments {
  std::string projection;
  std::string key;
  std::int64_t position = 0;
  bool as_json = false;
};

expected<std::vector<parked_event>> read_all(runtime& service,
                                             const std::string& projection) {
  std::vector<parked_event> all;
  for (position after;;) {
    auto page = service.parked_events(projection, after);
    if (!page)
      return failure_of(page);
    all.insert(all.end(), page->begin(), page->end());
    if (page->size() < limits::page_parked_max)
      return all;
    after = all.back().at;
  }
}

ordered_json to_json(const parked_event& event) {
  return {{"position", event.at.value()},
          {"key", event.key},
          {"whole_stream", event.is_stream},
          {"reason", to_string(event.reason)},
          {"message", event.message},
          {"attempts", event.attempts},
          {"parked_at", to_string(event.parked_at)},
          {"wish", to_string(event.wish)}};
}

int list(const invocation& run, const parked_arguments& asked) {
  auto service = start_reading(run);
  if (!service)
    return report(service.error());
  auto parked = read_all(*service, asked.projection);
  if (!parked)
    return report(parked.error());
  if (asked.as_json) {
    auto shown = ordered_json::array();
    for (const auto& event : *parked)
      shown.push_back(to_json(event));
    std::cout << shown.dump(2) << '\n';
    return 0;
  }
  table shown;
  shown.add({"position", "key", "reason", "attempts", "parked at", "message"});
  for (const auto& event : *parked)
    shown.add({std::to_string(event.at.value()), event.key,
               std::string{to_string(event.reason)},
               std::to_string(event.attempts), to_string(event.parked_at),
               event.message});
  shown.print(std::cout);
  return 0;
}

/// With the event itself, as the log has it.
int show(const invocation& run, const parked_arguments& asked) {
  auto service = start_reading(run);
  if (!service)
    return report(service.error());
  const position before{asked.position - 1};
  auto parked = service->parked_events(asked.projection, before, 1);
  if (!parked)
    return report(parked.error());
  if (parked->empty() || parked->front().at.value() != asked.position) {
    std::cerr << asked.projection << " has not parked position "
              << asked.position << '\n';
    return 1;
  }
  auto page = service->read_log(before, 1);
  if (!page)
    return report(page.error());
  auto shown = to_json(parked->front());
  const auto& event = page->events.at(0);
  shown["event"] = {{"stream", to_string(event.stream)},
                    {"version", event.at_version.value()},
                    {"type", event.type},
                    {"recorded_at", to_string(event.recorded_at)},
                    {"data", ordered_json::parse(event.data)}};
  std::cout << shown.dump(2) << '\n';
  return 0;
}

bool is_reactor(const runtime& service, const std::string& name) {
  for (const auto& each : service.status().projections)
    if (each.name == name)
      return each.kind == projection_kind::reactor;
  return false;
}

/// Waits until whoever builds the view, maybe another process, has done what
/// was wished for: only the store tells. 1 when some of it is still parked.
/// Nobody may be there who reacts: this process does not.
int wait_until_obeyed(runtime& service, const std::string& projection,
                      std::int64_t wished) {
  if (is_reactor(service, projection)) {
    std::cout << wished << " to be tried by the process that reacts\n";
    return 0;
  }
  const auto until = std::chrono::steady_clock::now() + obey_max;
  for (;;) {
    auto parked = read_all(service, projection);
    if (!parked)
      return report(parked.error());
    const auto waiting = std::count_if(parked->begin(), parked->end(),
                                       [](const auto& event) {
                                         return event.wish != parked_wish::none;
                                       });
    if (waiting == 0) {
      std::cout << wished << " tried, " << parked->size() << " parked now\n";
      return parked->empty() ? 0 : 1;
    }
    if (std::chrono::steady_clock::now() > until)
      return report({errc::deadline_exceeded,
                     projection + " has not come to " + std::to_string(waiting)
                       + " events yet; it will, unless it is paused"});
    std::this_thread::sleep_for(look_again);
  }
}

int retry(const invocation& run, const parked_arguments& asked) {
  auto service = start_reading(run);
  if (!service)
    return report(service.error());
  const auto key = asked.key.empty() ? std::optional<std::string>{}
                                     : std::optional{asked.key};
  auto wished = service->retry_parked(asked.projection, key);
  return wished ? wait_until_obeyed(*service, asked.projection, *wished)
                : report(wished.error());
}

int drop(const invocation& run, const parked_arguments& asked) {
  auto service = start_reading(run);
  if (!service)
    return report(service.error());
  auto wished = service->drop_parked(asked.projection, asked.key);
  return wished ? wait_until_obeyed(*service, asked.projection, *wished)
                : report(wished.error());
}

using parked_act = int (*)(const invocation&, const parked_arguments&);

} // namespace

void add_parked(CLI::App& projection, invocation& run) {
  auto* group = projection.add_subcommand(
    "parked", "Events that a projection or a reactor has set aside");
  group->require_subcommand(1);
  group->fallthrough();
  const auto asked = std::make_shared<parked_arguments>();
  const auto add = [&](const char* verb, const char* help, parked_act act) {
    auto* command = group->add_subcommand(verb, help);
    command->add_option("PROJECTION", asked->projection, "Its name")
      ->required();
    command->callback([&run, asked, act] {
      run.action = [&run, asked, act] { return act(run, *asked); };
    });
    return command;
  };
  add("list", "Show them, with what went wrong", list)
    ->add_flag("--json", asked->as_json, "As JSON");
  add("show", "Show one with its event", show)
    ->add_option("POSITION", asked->position, "Where it stands in the log")
    ->check(from_1())
    ->required();
  add("retry", "Apply those of a key, or all, in order", retry)
    ->add_option("--key", asked->key, "Only those of this key")
    ->type_name("KEY");
  add("drop", "Forget the one of a key that fails, apply those behind it", drop)
    ->add_option("--key", asked->key, "The key, as `list` shows it")
    ->type_name("KEY")
    ->required();
}

} // namespace cafes::program
