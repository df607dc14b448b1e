// SPDX-License-Identifier: MIT
#include "actors/react/reactor_cursor.hpp"
#include "tests/support/ask_sql.hpp"
#include "tests/support/diary.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/store_under_test.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

// A reactor on each of the stores.

namespace cafes::test {

namespace {

using namespace std::chrono_literals;
using boost::test_tools::per_element;
using places = std::vector<std::int64_t>;
using pages_ptr = std::shared_ptr<diary_pages>;

constexpr auto postgresql = {backend::postgresql_jsonb,
                             backend::postgresql_json};

definition with_diary(const pages_ptr& pages) {
  reactor_options options;
  options.begin = start_at::beginning;
  options.attempts_max = 2;
  options.pause_min = options.pause_max = 1ms;
  definition service;
  service.aggregate<tally>().reactor<diary>(diary{pages}, options);
  return service;
}

std::shared_ptr<store::log_store> shared(store_under_test& under) {
  return {std::shared_ptr<void>{}, &under.store()};
}

runtime start(store_under_test& under, const pages_ptr& pages) {
  auto with = quick();
  with.ownership_wait = 10s;
  return start_on(shared(under), with_diary(pages), with);
}

void say(runtime& service, const std::string& key, const std::string& note) {
  accepted_by(get(service.send<tally>(key, add{1, note})));
}

} // namespace

CAFES_STORE_TEST(each_key_is_reacted_to_in_order_over_restarts) {
  const auto pages = std::make_shared<diary_pages>();
  for (int life = 0; life < 3; ++life) {
    {
      auto service = start(under, pages);
      for (int n = 0; n < 30; ++n)
        say(service, std::to_string(n % 3), n % 7 == 0 ? "fail twice" : "");
      // The second life ends with what it has not come to.
      if (life != 1)
        must(service.drain(long_enough));
    }
    under.reopen();
  }
  const auto written = pages->entries();
  BOOST_TEST(written.size() <= 90U);
  for (const auto* key : {"0", "1", "2"}) {
    const auto found = pages->positions(key);
    BOOST_TEST(std::is_sorted(found.begin(), found.end()));
    BOOST_TEST((std::adjacent_find(found.begin(), found.end()) == found.end()));
  }
  auto service = start(under, pages);
  must(service.drain(long_enough));
  const auto parked = must(service.parked_events("diary"));
  BOOST_TEST(pages->positions().size() + parked.size() == 90U);
}

CAFES_STORE_TEST(what_a_reactor_parks_is_kept_retried_and_dropped) {
  const auto pages = std::make_shared<diary_pages>();
  {
    auto service = start(under, pages);
    for (const auto* key : {"1", "2", "3"}) {
      say(service, key, "fail");
      say(service, key, "");
    }
    say(service, "4", "");
    must(service.drain(long_enough));
    BOOST_TEST(status_of(service, "diary").parked == 6);
  }
  under.reopen();
  auto service = start(under, pages);
  must(service.drop_parked("diary", "1"));
  BOOST_REQUIRE(eventually([&] { return !pages->positions("1").empty(); }));
  pages->mend();
  must(service.retry_parked("diary", "2"));
  BOOST_TEST(eventually(
    [&] { return must(service.parked_events("diary")).size() == 2U; }));
  must(service.retry_parked("diary"));
  BOOST_TEST(
    eventually([&] { return must(service.parked_events("diary")).empty(); }));
  BOOST_TEST(pages->positions("1") == (places{2}), per_element());
  BOOST_TEST(pages->positions("2") == (places{3, 4}), per_element());
  BOOST_TEST(pages->positions("3") == (places{5, 6}), per_element());
}

CAFES_STORE_TEST(a_reactor_begins_once_and_where_it_was_told) {
  reactor_options options;
  const auto type
    = definition{}.reactor<diary>(diary{}, options).reactors().at(0);
  for (const auto end : {position{7}, position{9}}) {
    actors::reactor_cursor cursor{type, end, shared(under)};
    BOOST_TEST(must(cursor.claim()).value() == position{7});
  }
}

CAFES_STORE_TEST(a_reactor_that_began_at_nothing_has_begun) {
  const auto type = definition{}.reactor<diary>(diary{}).reactors().at(0);
  for (const auto end : {position{0}, position{9}}) {
    actors::reactor_cursor cursor{type, end, shared(under)};
    BOOST_TEST(must(cursor.claim()).value() == position{0});
  }
}

// Its session ends while a reaction is under way, and another process comes by.
CAFES_STORE_TEST(one_that_lost_its_claim_moves_no_cursor, postgresql) {
  const auto pages = std::make_shared<diary_pages>();
  auto service = start(under, pages);
  say(service, "1", "wait");
  say(service, "2", "");
  BOOST_REQUIRE(eventually([&] { return pages->busy == 1; }));
  BOOST_REQUIRE(eventually([&] { return pages->positions() == (places{2}); }));
  BOOST_REQUIRE(!ask_sql(under, "SELECT pg_terminate_backend(pid, 10000)"
                                " FROM pg_locks JOIN pg_stat_activity"
                                " USING (pid) WHERE locktype = 'advisory'"
                                " AND application_name = current_schema()")
                   .empty());
  const auto type = with_diary(pages).reactors().at(0);
  {
    actors::reactor_cursor thief{type, position{0}, shared(under)};
    std::optional<position> claimed;
    BOOST_REQUIRE(eventually([&] {
      claimed = must(thief.claim());
      return claimed.has_value();
    }));
    BOOST_TEST(*claimed == position{0});
    must(thief.store({position{0}, position{2}, {}, {}}));
    pages->mend();
    BOOST_REQUIRE(eventually([&] { return !pages->positions("1").empty(); }));
  }
  // The next one begins where the thief has ended: nothing more is repeated.
  BOOST_REQUIRE(eventually([&] {
    const auto shown = status_of(service, "diary");
    return shown.phase == projection_phase::running && shown.restarts > 0;
  }));
  BOOST_TEST(status_of(service, "diary").checkpoint == position{2});
  BOOST_TEST(pages->positions() == (places{2, 1}), per_element());
}

} // namespace cafes::test
