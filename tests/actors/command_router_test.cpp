// SPDX-License-Identifier: MIT
#include "actors/write/command_router.hpp"

#include "actors/read/log_reader_actor.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/heard.hpp"
#include "tests/support/simulated_system.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(command_router)

namespace {

/// A router and its aggregates: the test is the log writer.
struct lone_router {
  explicit lone_router(const actors::passivation_limits& limits = {}) {
    auto around = std::make_shared<actors::aggregate_surroundings>();
    around->type = detail::make_aggregate_type<tally>();
    around->event_ids = {store::type_id{1}, store::type_id{2}};
    around->log_writer
      = system.spawn([this](caf::event_based_actor*) -> caf::behavior {
          return {[this](const actors::append_order_ptr& order) {
                    orders.push_back(order);
                  },
                  [](actors::forgive) {}};
        });
    around->log_readers = {system.spawn(
      actors::log_reader_actor,
      std::shared_ptr<store::log_store>{std::shared_ptr<void>{}, &store})};
    around->counted = counted;
    around->queue_max = 10;
    around->numbers = writer->numbers();
    actor = system.spawn(actors::command_router_actor,
                         actors::aggregate_types{{"tally", around}}, limits);
  }

  heard_ptr send_without_running(const std::string& key, const uuid& id = {}) {
    return under_way.send(system, actor, {"tally", key},
                          detail::erase_command<add, tally>({1, ""}),
                          {.id = id});
  }

  heard_ptr send(const std::string& key, const uuid& id = {}) {
    auto told = send_without_running(key, id);
    system.run();
    return told;
  }

  /// Has an order written, and the verdict sent.
  void write(std::size_t order) {
    auto outcome = must(writer->append(std::vector{orders.at(order)->request}));
    system.send(orders[order]->sender,
                actors::append_verdict{orders[order]->ticket,
                                       std::move(outcome.at(0))});
    written = order + 1;
    system.run();
  }

  void pass_minutes(int count) {
    for (int n = 0; n < count; ++n)
      system.advance(std::chrono::minutes{1});
  }

  void write_last() { write(orders.size() - 1); }

  void write_all() {
    while (written < orders.size())
      write(written);
  }

  std::vector<actors::append_order_ptr> orders;
  std::size_t written = 0;
  faulty_store store;
  std::unique_ptr<store::log_writer_session> writer = [this] {
    auto session = must(store.open_writer());
    must(session->acquire("test", std::chrono::milliseconds{0}));
    must(session->register_types(detail::make_aggregate_type<tally>().events));
    return session;
  }();
  commands_under_way under_way;
  std::shared_ptr<actors::counters> counted = under_way.counted;
  simulated_system system;
  caf::actor actor;
};

} // namespace

BOOST_AUTO_TEST_CASE(each_stream_has_one_aggregate) {
  lone_router router;
  router.send("a");
  router.send("a");
  router.send("b");
  BOOST_TEST(router.counted->aggregates == 2);
  BOOST_TEST(router.orders.size() == 2);
  BOOST_TEST(router.orders[0]->request.stream.key == "a");
  BOOST_TEST(router.orders[1]->request.stream.key == "b");
}

BOOST_AUTO_TEST_CASE(
  an_aggregate_that_ended_is_started_again_by_the_next_command) {
  lone_router router;
  router.store.faults().plan(store_call::recover, store_fault::fails, 1, 1);
  BOOST_TEST(router.send("a")->failed(errc::unavailable));
  BOOST_TEST(router.counted->aggregates == 0);
  router.send("a");
  BOOST_TEST(router.counted->aggregates == 1);
  BOOST_TEST(router.orders.size() == 1);
}

BOOST_AUTO_TEST_CASE(every_command_is_answered_however_an_ending_interleaves) {
  // The same few messages, cut at each place by a run of everything.
  for (int cut = 0; cut < 40; ++cut) {
    lone_router router;
    router.store.faults().plan(store_call::recover, store_fault::fails, 1, 1);
    std::vector<heard_ptr> told;
    told.push_back(router.send_without_running("a"));
    for (int step = 0; step < cut && router.system.has_work(); ++step)
      router.system.step();
    told.push_back(router.send_without_running("a"));
    told.push_back(router.send_without_running("a"));
    router.system.run();
    caf::anon_send_exit(router.actor, caf::exit_reason::user_shutdown);
    router.system.run();
    for (const auto& each : told)
      BOOST_REQUIRE(each->times == 1);
  }
}

BOOST_AUTO_TEST_CASE(a_lost_log_is_told_to_all_that_wait_and_all_that_come) {
  lone_router router;
  auto under_way = router.send("a");
  auto waiting = router.send("a");
  router.system.send(router.actor,
                     actors::log_lost{{errc::not_owner, "by the test"}});
  auto late = router.send("a");
  auto elsewhere = router.send("b");
  BOOST_TEST(late->failed(errc::not_owner, "by the test"));
  BOOST_TEST(elsewhere->failed(errc::not_owner));
  BOOST_TEST(router.counted->aggregates == 1);
  caf::anon_send_exit(router.actor, caf::exit_reason::user_shutdown);
  router.system.run();
  BOOST_TEST(under_way->failed(errc::outcome_unknown));
  BOOST_TEST(waiting->times == 1);
}

BOOST_AUTO_TEST_CASE(a_lost_log_racing_commands_leaves_none_unanswered) {
  for (int cut = 0; cut < 40; ++cut) {
    lone_router router;
    std::vector<heard_ptr> told;
    for (const auto* key : {"a", "b", "a"})
      told.push_back(router.send_without_running(key));
    for (int step = 0; step < cut && router.system.has_work(); ++step)
      router.system.step();
    router.system.send(router.actor,
                       actors::log_lost{{errc::not_owner, "by the test"}});
    told.push_back(router.send("a"));
    for (const auto& order : router.orders)
      router.system.send(
        order->sender,
        actors::append_verdict{order->ticket,
                               failure(errc::not_owner, "by the test")});
    router.system.run();
    for (const auto& each : told)
      BOOST_REQUIRE(each->failed(errc::not_owner));
    BOOST_REQUIRE(router.counted->aggregates == 0);
  }
}

BOOST_AUTO_TEST_CASE(a_stopped_router_ends_its_aggregates) {
  lone_router router;
  auto under_way = router.send("a");
  caf::anon_send_exit(router.actor, caf::exit_reason::user_shutdown);
  router.system.run();
  BOOST_TEST(under_way->failed(errc::outcome_unknown));
}

BOOST_AUTO_TEST_CASE(a_sender_that_sends_again_while_it_hears_is_served) {
  lone_router router;
  auto first = router.send("a");
  heard_ptr second;
  first->then = [&] { second = router.send_without_running("a"); };
  router.system.send(router.orders.at(0)->sender,
                     actors::append_verdict{router.orders[0]->ticket,
                                            failure(errc::unavailable, "")});
  router.system.run();
  BOOST_REQUIRE(second);
  BOOST_TEST(router.orders.size() == 2);
}

BOOST_AUTO_TEST_CASE(above_the_bound_the_least_recently_used_leaves) {
  lone_router router{{.live_max = 2}};
  for (const auto* key : {"a", "b", "a", "c"}) {
    router.send(key);
    router.write_last();
  }
  BOOST_TEST(router.counted->aggregates == 2);
  BOOST_TEST(router.counted->passivated == 1);
  router.send("a");
  router.write_last();
  BOOST_TEST(router.counted->passivated == 1); // b had left
  BOOST_TEST(router.store.faults().calls(store_call::recover) == 3);
}

BOOST_AUTO_TEST_CASE(one_that_left_comes_back_with_its_state) {
  lone_router router{{.live_max = 1}};
  router.send("a");
  router.write_last();
  router.send("b");
  router.write_last();
  const auto back = router.send("a");
  router.write_last();
  BOOST_TEST(back->accepted().at_version == version{2});
  BOOST_TEST(router.counted->aggregates == 1);
}

BOOST_AUTO_TEST_CASE(one_at_work_stays) {
  lone_router router{{.live_max = 1}};
  const auto under_way = router.send("a");
  router.send("b");
  BOOST_TEST(router.counted->aggregates == 2);
  BOOST_TEST(router.counted->passivated == 0);
  router.write(0);
  BOOST_TEST(under_way->accepted().at_version == version{1});
  router.write(1);
  router.send("c");
  router.write_last();
  BOOST_TEST(router.counted->aggregates == 1);
  BOOST_TEST(router.counted->passivated == 2);
}

BOOST_AUTO_TEST_CASE(above_the_bound_of_bytes_they_leave_too) {
  lone_router router{{.bytes_max = 3 * 4096}};
  for (const auto* key : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    router.send(key);
    router.write_last();
  }
  BOOST_TEST(router.counted->aggregate_bytes <= 3 * 4096U);
  BOOST_TEST(router.counted->passivated >= 2);
}

BOOST_AUTO_TEST_CASE(what_grows_while_it_is_used_makes_others_leave) {
  lone_router router{{.bytes_max = 40'000}};
  router.send("idle");
  router.write_last();
  for (int n = 0; n < 1100; ++n) {
    router.send("busy", name_uuid({}, std::to_string(n)));
    router.write_last();
  }
  BOOST_TEST(router.counted->aggregate_bytes > 40'000U);
  BOOST_TEST(router.counted->passivated == 1);
}

BOOST_AUTO_TEST_CASE(an_idle_one_leaves_after_its_time) {
  lone_router router{{.idle_max = std::chrono::minutes{4}}};
  router.send("a");
  router.write_last();
  router.pass_minutes(3);
  router.send("b");
  router.write_last();
  BOOST_TEST(router.counted->aggregates == 2);
  router.pass_minutes(3);
  BOOST_TEST(router.counted->aggregates == 1);
  router.pass_minutes(3);
  BOOST_TEST(router.counted->aggregates == 0);
  BOOST_TEST(router.counted->passivated == 2);
}

BOOST_AUTO_TEST_CASE(a_command_that_races_a_passivation_is_never_dropped) {
  // A command comes at each step of the question and its answer.
  for (int cut = 0; cut < 60; ++cut) {
    lone_router router{{.live_max = 1}};
    router.send("a");
    router.write_last();
    auto other = router.send_without_running("b");
    for (int step = 0; step < cut && router.system.has_work(); ++step)
      router.system.step();
    auto racing = router.send_without_running("a");
    router.system.run();
    router.write_all();
    BOOST_REQUIRE(racing->accepted().at_version == version{2});
    BOOST_REQUIRE(other->accepted().at_version == version{1});
    BOOST_REQUIRE(racing->times == 1);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
