// SPDX-License-Identifier: MIT
#include "tests/support/running_service.hpp"

#include "actors/runtime_core.hpp"
#include "tests/support/printing.hpp"

#include <algorithm>
#include <utility>

namespace cafes::test {

using namespace std::chrono_literals;

settings quick() {
  settings with;
  with.store = "memory:";
  with.ownership_wait = 0ms;
  with.poll_interval = 20ms;
  with.restart_pause_min = 5ms;
  with.restart_pause_max = 20ms;
  return with;
}

expected<runtime> try_start_on(std::shared_ptr<store::log_store> store,
                               definition service, settings with,
                               participation role) {
  auto inside = std::make_unique<runtime::core>(
    std::move(service), std::move(with), role,
    [store]() -> expected<std::shared_ptr<store::log_store>> { return store; });
  if (auto started = inside->start(); !started)
    return failure_of(started);
  return runtime{std::move(inside)};
}

runtime start_on(std::shared_ptr<store::log_store> store, definition service,
                 settings with, participation role) {
  return must(
    try_start_on(std::move(store), std::move(service), std::move(with), role));
}

runtime start_in_memory(definition service, settings with) {
  return must(runtime::start(std::move(service), std::move(with)));
}

projection_status status_of(const runtime& service,
                            const std::string& projection) {
  const auto all = service.status().projections;
  const auto found
    = std::find_if(all.begin(), all.end(),
                   [&](const auto& each) { return each.name == projection; });
  if (found == all.end())
    throw std::runtime_error{"no projection " + projection};
  return *found;
}

} // namespace cafes::test
