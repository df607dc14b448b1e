// SPDX-License-Identifier: MIT
#include "actors/read/write_behind.hpp"

#include "tests/support/eventually.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(write_behind)

namespace {

using namespace std::chrono_literals;
using store::keyed_document;

const store::view_identity sums_view{"sums", 1, "{n:int64}"};

actors::write_behind_limits rarely(std::size_t documents_max) {
  return {documents_max, 1h, 1024 * 1024};
}

/// A view in memory, and what the store has of it.
struct kept_view {
  explicit kept_view(actors::write_behind_limits limits = rarely(3)) {
    open(limits);
  }

  void open(actors::write_behind_limits limits) {
    writer.reset();
    writer = std::make_unique<actors::write_behind>(
      must(store.open_view_writer(sums_view)), sums_view, shown, limits);
    at = must(writer->claim()).value();
  }

  expected<void> commit(const std::vector<keyed_document>& changed,
                        const std::vector<parked_event>& parked = {}) {
    const auto to = at.next();
    auto done = writer->commit({at, to, changed, parked, {}});
    if (done)
      at = to;
    return done;
  }

  [[nodiscard]] std::string in_memory(const std::string& key) const {
    const auto reader = shown->open_reader();
    return reader ? must(reader->find(sums_view, key)).document.value_or("none")
                  : "not here";
  }

  [[nodiscard]] std::string stored(const std::string& key) {
    return must(must(store.open_view_reader())->find(sums_view, key))
      .document.value_or("none");
  }

  [[nodiscard]] std::int64_t stored_at() {
    return must(must(store.open_view_reader())->checkpoint(sums_view)).value();
  }

  faulty_store store;
  std::shared_ptr<actors::memory_view> shown
    = std::make_shared<actors::memory_view>();
  std::unique_ptr<actors::write_behind> writer;
  position at;
};

parked_event parked_at(std::int64_t at) {
  parked_event event;
  event.at = position{at};
  event.key = "p";
  return event;
}

definition tallies_in_memory() {
  projection_options in_memory;
  in_memory.in_memory = true;
  return definition{}.aggregate<tally>().projection<sums>(in_memory);
}

void add_one(runtime& service, const std::string& key) {
  accepted_by(get(service.send<tally>(key, add{1, ""})));
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_committed_is_seen_at_once_and_stored_with_more) {
  kept_view view;
  must(view.commit({{"a", "1"}}));
  must(view.commit({{"a", "2"}, {"b", "1"}}));
  BOOST_TEST(view.in_memory("a") == "2");
  BOOST_TEST(view.stored("a") == "none");
  BOOST_TEST(view.stored_at() == 0);
  must(view.commit({{"c", "1"}}));
  BOOST_TEST(view.stored("a") == "2");
  BOOST_TEST(view.stored("c") == "1");
  BOOST_TEST(view.stored_at() == 3);
}

BOOST_AUTO_TEST_CASE(what_has_waited_long_is_stored_also_when_nothing_comes) {
  kept_view view{{1'000, 1ms, 1024 * 1024}};
  must(view.commit({{"a", "1"}}));
  BOOST_TEST(eventually([&] {
    static_cast<void>(must(view.writer->orders()));
    return view.stored_at() == 1;
  }));
  BOOST_TEST(view.stored("a") == "1");
}

BOOST_AUTO_TEST_CASE(what_is_parked_is_stored_at_once_with_all_before_it) {
  kept_view view;
  must(view.commit({{"a", "1"}}));
  must(view.commit({{"b", "1"}}, {parked_at(2)}));
  BOOST_TEST(view.stored("a") == "1");
  BOOST_TEST(view.stored("b") == "1");
  BOOST_TEST(view.in_memory("b") == "1");
  BOOST_TEST(must(view.writer->parked({}, 10)).size() == 1U);
}

BOOST_AUTO_TEST_CASE(its_end_stores_what_waits_and_takes_it_out_of_sight) {
  kept_view view;
  must(view.commit({{"a", "1"}}));
  view.writer.reset();
  BOOST_TEST(view.stored("a") == "1");
  BOOST_TEST(view.stored_at() == 1);
  BOOST_TEST(view.in_memory("a") == "not here");
}

BOOST_AUTO_TEST_CASE(a_worker_that_dies_goes_back_to_what_is_stored) {
  kept_view view;
  for (const auto* key : {"a", "b", "c"})
    must(view.commit({{key, "1"}}));
  must(view.commit({{"a", "2"}}));
  view.store.faults().plan(store_call::commit, store_fault::fails, 1, 1);
  view.open(rarely(3));
  BOOST_TEST(view.at == position{3});
  BOOST_TEST(view.in_memory("a") == "1");
  must(view.commit({{"a", "2"}}));
  BOOST_TEST(view.in_memory("a") == "2");
}

BOOST_AUTO_TEST_CASE(a_worker_loads_what_is_in_memory) {
  kept_view view;
  must(view.commit({{"a", "1"}}));
  const std::vector<std::string> keys{"a", "z"};
  const auto loaded = must(view.writer->load(keys));
  BOOST_REQUIRE(loaded.size() == 1U);
  BOOST_TEST(loaded.front().data == "1");
  BOOST_TEST(view.store.faults().calls(store_call::load) == 0);
}

BOOST_AUTO_TEST_CASE(the_bound_of_bytes_is_kept_and_one_more_refused) {
  kept_view view{{1'000, 1h, 1'000}};
  must(view.commit({{"a", std::string(799, '1')}}));
  must(view.commit({{"a", std::string(799, '2')}}));
  BOOST_TEST(fails_with(errc::overloaded,
                        view.commit({{"a", std::string(800, '3')}}),
                        "memory_bytes_max"));
}

BOOST_AUTO_TEST_CASE(a_page_beyond_the_bound_leaves_no_trace_when_it_parks) {
  kept_view view{{1'000, 1h, 1'000}};
  must(view.commit({{"a", std::string(700, '1')}}));
  BOOST_TEST(
    fails_with(errc::overloaded,
               view.commit({{"b", std::string(700, '2')}}, {parked_at(2)})));
  view.writer.reset();
  BOOST_TEST(view.stored_at() == 1);
  BOOST_TEST(view.stored("b") == "none");
}

BOOST_AUTO_TEST_CASE(a_rebuilt_view_is_seen_when_it_is_live) {
  kept_view view;
  must(view.commit({{"a", "old"}}));
  must(must(view.store.open_view_operator())
         ->change(sums_view, store::build_change::rebuild));
  auto target = must(view.writer->open_target()).value();
  const std::vector<keyed_document> made{{"a", "new"}};
  must(target.writer->commit({position{0}, position{1}, made, {}, {}}));
  BOOST_TEST(view.in_memory("a") == "old");
  must(target.writer->go_live(position{1}));
  view.writer.reset();
  BOOST_TEST(view.in_memory("a") == "new");
  BOOST_TEST(view.stored("a") == "new");
  target.writer.reset();
  BOOST_TEST(view.in_memory("a") == "not here");
}

BOOST_AUTO_TEST_CASE(a_service_queries_it_and_goes_on_after_a_restart) {
  const auto store = std::make_shared<faulty_store>();
  {
    auto service = start_on(store, tallies_in_memory());
    for (int n = 0; n < 30; ++n)
      add_one(service, std::to_string(n % 3));
    const auto found
      = must(service.find<sums>("1", {position{30}, long_enough}));
    BOOST_TEST(found->events == 10);
    BOOST_TEST(must(service.query<sums>()).documents.size() == 3U);
    BOOST_TEST(store->faults().calls(store_call::find) == 0);
    BOOST_TEST(must(service.rebuild_projection("sums")) == 2);
    BOOST_REQUIRE(
      eventually([&] { return status_of(service, "sums").build == 2; }));
    BOOST_TEST(must(service.find<sums>("1"))->events == 10);
  }
  auto service = start_on(store, tallies_in_memory());
  add_one(service, "1");
  must(service.drain(long_enough));
  BOOST_TEST(must(service.find<sums>("1"))->events == 11);
  // Not from the beginning.
  BOOST_TEST(status_of(service, "sums").events_applied == 1U);
}

BOOST_AUTO_TEST_CASE(another_process_reads_what_is_stored) {
  const auto store = std::make_shared<faulty_store>();
  auto owner = start_on(store, tallies_in_memory());
  auto reader = start_on(store, tallies_in_memory(), quick(),
                         participation::reader);
  add_one(owner, "1");
  BOOST_TEST(must(reader.find<sums>("1", {position{1}, long_enough}))->events
             == 1);
}

BOOST_AUTO_TEST_CASE(a_store_that_fails_it_at_any_call_costs_no_event) {
  for (const auto call :
       {store_call::open_view, store_call::claim, store_call::parked,
        store_call::orders, store_call::commit, store_call::read_log})
    for (const auto how : {store_fault::fails, store_fault::lost_after})
      for (int nth = 1; nth <= 3; ++nth) {
        const auto store = std::make_shared<faulty_store>();
        store->faults().plan(call, how, nth, nth);
        auto service = start_on(store, tallies_in_memory());
        for (int n = 0; n < 20; ++n)
          add_one(service, std::to_string(n % 2));
        must(service.drain(long_enough));
        BOOST_TEST(
          must(service.find<sums>("1", {position{20}, long_enough}))->events
          == 10);
      }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
