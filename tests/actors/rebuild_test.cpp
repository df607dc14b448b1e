// SPDX-License-Identifier: MIT
#include "tests/support/eventually.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(rebuild)

namespace {

using namespace std::chrono_literals;

void add_one(runtime& service, const std::string& key) {
  accepted_by(get(service.send<tally>(key, add{1, ""})));
}

bool is_live(const runtime& service, int build) {
  return eventually([&] {
    const auto seen = status_of(service, "sums");
    return seen.build == build && !seen.rebuild.has_value();
  });
}

void check_sums(runtime& service, int keys, std::int64_t each) {
  must(service.drain(long_enough));
  for (int key = 0; key < keys; ++key) {
    const auto shown = must(service.find<sums>(std::to_string(key)));
    BOOST_REQUIRE(shown.has_value());
    BOOST_TEST(shown->sum == each);
    BOOST_TEST(shown->events == each);
  }
}

/// Asks for one document as long as it lives: it must always be there, and
/// never fall back.
class steady_reader {
public:
  explicit steady_reader(runtime& service)
    : thread_{[this, &service] { read(service); }} {}

  ~steady_reader() {
    done_ = true;
    thread_.join();
    BOOST_TEST(missing_ == 0);
    BOOST_TEST(fallen_back_ == 0);
    BOOST_TEST(answers_ > 0);
  }

private:
  void read(runtime& service) {
    std::int64_t before = 0;
    while (!done_) {
      const auto shown = service.find<sums>("0");
      if (!shown || !*shown) {
        ++missing_;
        continue;
      }
      fallen_back_ += (*shown)->events < before ? 1 : 0;
      before = (*shown)->events;
      ++answers_;
    }
  }

  std::atomic<bool> done_{false};
  std::atomic<int> missing_{0};
  std::atomic<int> fallen_back_{0};
  std::atomic<int> answers_{0};
  std::thread thread_;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_rebuild_while_commands_run_misses_and_doubles_nothing) {
  auto with = quick();
  with.page_events_max = 7;
  auto service = start_in_memory(tallies(), with);
  for (int n = 0; n < 500; ++n)
    add_one(service, std::to_string(n % 5));
  must(service.drain(long_enough));
  {
    const steady_reader reader{service};
    for (int build = 2; build <= 4; ++build) {
      BOOST_TEST(must(service.rebuild_projection("sums")) == build);
      for (int n = 0; n < 100; ++n)
        add_one(service, std::to_string(n % 5));
      BOOST_REQUIRE(is_live(service, build));
    }
    BOOST_TEST(must(service.roll_back_projection("sums")) == 3);
    for (int n = 0; n < 100; ++n)
      add_one(service, std::to_string(n % 5));
    BOOST_REQUIRE(is_live(service, 3));
  }
  check_sums(service, 5, 180);
  BOOST_TEST(status_of(service, "sums").restarts == 0U);
}

BOOST_AUTO_TEST_CASE(a_store_that_fails_a_rebuild_at_any_call_costs_no_event) {
  for (const auto call :
       {store_call::claim, store_call::parked, store_call::orders,
        store_call::load, store_call::commit, store_call::read_log,
        store_call::open_target, store_call::go_live})
    for (const auto how : {store_fault::fails, store_fault::lost_after})
      for (const int nth : {1, 2, 4}) {
        const auto store = std::make_shared<faulty_store>();
        auto with = quick();
        with.page_events_max = 10;
        with.feed_bytes_max = 0;
        auto service = start_on(store, tallies(), with);
        for (int n = 0; n < 40; ++n)
          add_one(service, std::to_string(n % 2));
        check_sums(service, 2, 20);
        store->faults().plan(call, how, nth, nth);
        must(service.rebuild_projection("sums"));
        BOOST_REQUIRE(is_live(service, 2));
        check_sums(service, 2, 20);
      }
}

BOOST_AUTO_TEST_CASE(orders_that_make_no_sense_are_refused_with_the_reason) {
  auto service = start_in_memory(tallies());
  must(service.drain(long_enough));
  const auto nothing = service.roll_back_projection("sums");
  BOOST_TEST((nothing.error().code == errc::invalid_argument));
  BOOST_TEST(nothing.error().message.find("no earlier build")
             != std::string::npos);
  const auto none = service.cancel_rebuild("sums");
  BOOST_TEST((none.error().code == errc::invalid_argument));
  const auto nobody = service.rebuild_projection("nobody");
  BOOST_TEST((nobody.error().code == errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(a_rebuild_survives_the_end_of_the_service) {
  const auto store = std::make_shared<faulty_store>();
  {
    auto service = start_on(store, tallies());
    for (int n = 0; n < 40; ++n)
      add_one(service, std::to_string(n % 2));
    must(service.drain(long_enough));
    must(service.rebuild_projection("sums"));
  }
  auto service = start_on(store, tallies());
  BOOST_REQUIRE(is_live(service, 2));
  add_one(service, "0");
  add_one(service, "1");
  check_sums(service, 2, 21);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
