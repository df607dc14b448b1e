// SPDX-License-Identifier: MIT
//
// Question: what remains of bare COPY when a command stores ten events, so
// that deciding and answering weigh a tenth?
#include "bench/accounts.hpp"
#include "bench/bare_copy.hpp"
#include "bench/batch_limit.hpp"
#include "bench/many_commands.hpp"
#include "bench/meter.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_schema.hpp"

#include <cafes/codec.hpp>

#include <algorithm>

namespace cafes::bench {

namespace {

const std::string& note_of_usual_size() {
  static const std::string note
    = deposit_of_usual_size().reference.substr(0, payload_bytes - 23);
  return note;
}

/// Asks a meter at random for ten readings.
class reports {
public:
  using decider = meter;

  explicit reports(const std::vector<std::string>& keys) : keys_{&keys} {}

  addressed<report_readings> operator()(fast_random& random) const {
    return to((*keys_)[random.below(keys_->size())], random);
  }

  static addressed<report_readings> to(std::string_view key,
                                       fast_random& random) {
    return {key, {100, note_of_usual_size()}, {.id = random.id()}};
  }

private:
  const std::vector<std::string>* keys_;
};

runtime start_meters(const std::string& store) {
  settings with;
  with.store = store;
  auto service = runtime::start(definition{}.aggregate<meter>(), with);
  if (!service)
    throw std::runtime_error{describe(service.error())};
  return *std::move(service);
}

/// Each has reported once, and is in memory.
void use_all(runtime& service, const std::vector<std::string>& keys) {
  fast_random random{1};
  send_all<meter>(service, keys, [&](const std::string& key) {
    return reports::to(key, random);
  });
}

} // namespace

std::vector<figure> append_10_events(const run_plan& plan) {
  const test::scratch_schema ours;
  const test::scratch_schema large;
  const test::scratch_schema as_ours;
  const auto keys = account_keys(plan.accounts / 10);
  for (const auto* const schema : {&large, &as_ours}) {
    auto service = start_meters(schema->conninfo());
    use_all(service, keys);
    service.stop();
  }
  auto service = start_meters(ours.conninfo());
  use_all(service, keys);
  many_commands load{service, reports{keys}, 64, plan,
                     server_of(ours.conninfo())};
  const auto copy_to = [](const test::scratch_schema& schema) {
    return bare_copy{schema.conninfo(), reading_taken::event_name,
                     encode(reading_taken{100, note_of_usual_size()}).value()};
  };
  auto large_copy = copy_to(large);
  auto copy_as_ours = copy_to(as_ours);
  batch_limit limit{large_copy.program(), copy_as_ours.program()};
  load.warm_up();
  limit.warm_up(plan.warm_up);
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    limit.run_round(load.average_batch() * meter::readings, plan.round);
    load.run_round();
  }
  service.stop();
  auto events = load.rates();
  for (auto& rate : events)
    rate *= meter::readings;
  figure shown;
  shown.name = "append_10_events";
  shown.unit = "events/s";
  shown.ours = "commands of 10 events each to aggregates in memory, 64 "
               "outstanding; counted in events";
  shown.against = "bare COPY of the same rows";
  load.describe(shown);
  shown.value = spread_of(events);
  set_limit(shown, events, limit.rates());
  shown.notes.push_back(limit.describe());
  return {shown};
}

} // namespace cafes::bench
