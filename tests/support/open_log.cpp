// SPDX-License-Identifier: MIT
#include "tests/support/open_log.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <map>

namespace cafes::test {

using namespace std::chrono_literals;

stream_name stream(std::string_view text) {
  return must(parse_stream_name(text));
}

uuid command(int number) {
  return name_uuid(uuid{}, "command " + std::to_string(number));
}

open_log::open_log(store_under_test& store, const std::string& owner)
  : writer{must(store.store().open_writer())},
    reader{must(store.store().open_reader())},
    owned{must(writer->acquire(owner, 0ms))} {
  const std::vector<detail::event_type> types{
    {"test.happened", 1, "{n:int64}"}};
  type = must(writer->register_types(types)).at(0);
}

store::append_request open_log::to(std::string_view name,
                                   const append_shape& like) const {
  store::append_request made;
  const auto dash = name.find('-');
  made.stream = {std::string{name.substr(0, dash)},
                 std::string{name.substr(dash + 1)}};
  made.expected = like.expected;
  made.loaded = like.loaded;
  made.id = like.id;
  made.from.command_id = like.command_id;
  for (int n = 1; n <= like.events; ++n)
    made.events.push_back(
      {type,
       like.data.empty() ? "{\"n\":" + std::to_string(n) + "}" : like.data,
       ""});
  return made;
}

std::vector<store::append_outcome>
open_log::append(const std::vector<store::append_request>& batch) {
  auto outcomes = must(writer->append(batch));
  BOOST_REQUIRE_EQUAL(outcomes.size(), batch.size());
  return outcomes;
}

store::append_outcome open_log::append(const store::append_request& one) {
  return append(std::vector{one}).front();
}

std::vector<recorded_event> open_log::all() {
  std::vector<recorded_event> log;
  for (;;) {
    auto page
      = must(reader->read_log(position{static_cast<std::int64_t>(log.size())},
                              limits::page_events_max));
    if (page.empty())
      return log;
    log.insert(log.end(), page.begin(), page.end());
  }
}

std::vector<recorded_event> open_log::all_of(std::string_view name) {
  return must(reader->read_stream(stream(name), version{1},
                                  limits::page_events_max))
    .events;
}

store::recovered_stream open_log::recover(std::string_view name,
                                          const std::string& fingerprint) {
  const std::vector<store::recovery_request> wanted{
    {stream(name), fingerprint}};
  return must(reader->recover(wanted, limits::page_events_max)).at(0);
}

version open_log::version_of(std::string_view name) {
  const auto events = all_of(name);
  return events.empty() ? version{} : events.back().at_version;
}

void check_dense(const std::vector<recorded_event>& log) {
  position head;
  std::map<stream_name, version> versions;
  for (const auto& event : log) {
    head = head.next();
    auto& current = versions[event.stream];
    current = current.next();
    BOOST_REQUIRE_EQUAL(event.at, head);
    BOOST_REQUIRE_MESSAGE(event.at_version == current,
                          event.stream << " has version " << event.at_version
                                       << " where " << current << " belongs");
  }
}

} // namespace cafes::test
