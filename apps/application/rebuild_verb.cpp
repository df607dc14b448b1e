// SPDX-License-Identifier: MIT
#include "apps/application/program.hpp"

#include <cafes/progress.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace cafes::program {

namespace {

using nlohmann::ordered_json;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds look_again{50};
/// Whoever makes the view looks for orders once a poll interval.
constexpr std::chrono::seconds begin_max{10};
constexpr std::chrono::seconds move_max{60};

struct rebuild_arguments {
  std::string projection;
  bool anew = false;
  bool no_wait = false;
  bool as_json = false;
};

projection_status status_of(const runtime& service,
                            const std::string& projection) {
  for (auto& each : service.status().projections)
    if (each.name == projection)
      return each;
  return {};
}

void print(const rebuild_arguments& asked, int build, bool is_live,
           position at) {
  if (asked.as_json)
    std::cout << ordered_json({{"projection", asked.projection},
                               {"build", build},
                               {"live", is_live},
                               {"position", at.value()}})
                   .dump(2)
              << '\n';
  else if (is_live)
    std::cout << asked.projection << ": build " << build
              << " is live at position " << at.value() << '\n';
  else
    std::cout << asked.projection << ": build " << build << " is to be made\n";
}

int report_stopped(const rebuild_arguments& asked, int build,
                   const projection_status& seen) {
  std::cerr << asked.projection << ": build " << build << " is not live: "
            << (seen.rebuild_stopped.empty() ? "it does not move"
                                             : seen.rebuild_stopped)
            << '\n';
  return 1;
}

/// Whoever makes the view, maybe another process, does the work: its status
/// tells, a poll interval late.
int wait_until_live(runtime& service, const rebuild_arguments& asked,
                    int build) {
  std::optional<progress> bar;
  std::size_t seen_at = 0;
  for (auto idle_since = steady_clock::now();;) {
    const auto seen = status_of(service, asked.projection);
    if (seen.build == build) {
      if (bar)
        bar->finish();
      print(asked, build, true, seen.checkpoint);
      return 0;
    }
    if (seen.rebuild && seen.rebuild->build == build
        && seen.rebuild->is_under_way) {
      const auto done
        = static_cast<std::size_t>(seen.rebuild->checkpoint.value());
      if (!bar)
        bar.emplace(asked.projection,
                    static_cast<std::size_t>(seen.checkpoint.value()), done);
      bar->update(done);
      if (std::exchange(seen_at, done) != done)
        idle_since = steady_clock::now();
      if (steady_clock::now() - idle_since > move_max)
        return report_stopped(asked, build, seen);
    } else if (steady_clock::now() - idle_since > begin_max) {
      return report_stopped(asked, build, seen);
    }
    std::this_thread::sleep_for(look_again);
  }
}

using change = expected<int> (*)(runtime&, const rebuild_arguments&);

int follow(const invocation& run, const rebuild_arguments& asked,
           change wanted) {
  auto service = start_reading(run);
  if (!service)
    return report(service.error());
  found_projections(*service);
  auto build = wanted(*service, asked);
  if (!build)
    return report(build.error());
  if (!asked.no_wait)
    return wait_until_live(*service, asked, *build);
  print(asked, *build, false, {});
  return 0;
}

int rebuild(const invocation& run, const rebuild_arguments& asked) {
  return follow(run, asked, [](auto& service, const auto& given) {
    return service.rebuild_projection(given.projection, given.anew);
  });
}

int roll_back(const invocation& run, const rebuild_arguments& asked) {
  return follow(run, asked, [](auto& service, const auto& given) {
    return service.roll_back_projection(given.projection);
  });
}

int cancel(const invocation& run, const rebuild_arguments& asked) {
  auto service = start_reading(run);
  if (!service)
    return report(service.error());
  found_projections(*service);
  auto cancelled = service->cancel_rebuild(asked.projection);
  return cancelled ? 0 : report(cancelled.error());
}

} // namespace

void add_rebuild(CLI::App& projection, invocation& run) {
  const auto asked = std::make_shared<rebuild_arguments>();
  const auto add = [&](const char* verb, const char* help, auto act) {
    auto* command = projection.add_subcommand(verb, help);
    command->add_option("PROJECTION", asked->projection, "Its name")
      ->required();
    command->callback([&run, asked, act] {
      run.action = [&run, asked, act] { return act(run, *asked); };
    });
    return command;
  };
  auto* made = add("rebuild", "Make a view anew beside the one in use",
                   rebuild);
  made->add_flag("--anew", asked->anew,
                 "From the first event, also where a rebuild was cancelled");
  auto* back = add("rollback", "Go back to the view before the last rebuild",
                   roll_back);
  for (auto* command : {made, back}) {
    command->add_flag("--no-wait", asked->no_wait,
                      "Leave it to the process that makes the view");
    command->add_flag("--json", asked->as_json, "As JSON");
  }
  add("cancel", "Stop a rebuild; another one goes on with it", cancel);
}

} // namespace cafes::program
