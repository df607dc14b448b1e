// SPDX-License-Identifier: MIT
#include "actors/read/projection_progress.hpp"

#include "tests/support/eventually.hpp"

#include <boost/test/unit_test.hpp>

#include <future>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(projection_progress)

namespace {

using namespace std::chrono_literals;

struct of_sums : actors::projection_progress {
  of_sums() : actors::projection_progress{"sums", 3} {}
};

} // namespace

BOOST_AUTO_TEST_CASE(a_new_one_is_starting_and_holds_not_even_position_zero) {
  const of_sums progress;
  const auto shown = progress.status(position{0});
  BOOST_TEST(shown.name == "sums");
  BOOST_TEST(shown.version == 3);
  BOOST_TEST((shown.phase == projection_phase::starting));
  BOOST_TEST(!progress.wait_for(position{0}, 0ms));
}

BOOST_AUTO_TEST_CASE(a_view_that_exists_holds_its_checkpoint) {
  of_sums progress;
  progress.found(projection_phase::running, position{5});
  BOOST_TEST(progress.wait_for(position{5}, 0ms));
  BOOST_TEST(!progress.wait_for(position{6}, 0ms));
}

BOOST_AUTO_TEST_CASE(a_waiting_query_is_woken_by_the_event_it_waits_for) {
  of_sums progress;
  progress.found(projection_phase::running, position{0});
  auto reached = std::async(std::launch::async, [&] {
    return progress.wait_for(position{2}, long_enough);
  });
  progress.applied(position{1}, 1);
  progress.applied(position{2}, 1);
  BOOST_TEST(get(std::move(reached)));
}

BOOST_AUTO_TEST_CASE(a_waiting_query_is_woken_when_the_projection_stops) {
  of_sums progress;
  progress.found(projection_phase::running, position{0});
  auto reached = std::async(std::launch::async, [&] {
    return progress.wait_for(position{2}, 10 * long_enough);
  });
  progress.stopped();
  BOOST_TEST(!get(std::move(reached)));
}

BOOST_AUTO_TEST_CASE(lag_is_what_the_log_has_more_than_the_view) {
  of_sums progress;
  progress.found(projection_phase::running, position{4});
  BOOST_TEST(progress.status(position{10}).lag_events == 6);
  BOOST_TEST(progress.status(position{4}).lag_events == 0);
  // The log's end may have been asked for before the view moved.
  BOOST_TEST(progress.status(position{3}).lag_events == 0);
}

BOOST_AUTO_TEST_CASE(lag_in_time_is_shown_only_while_something_waits) {
  of_sums progress;
  progress.found(projection_phase::running, position{4});
  progress.waiting_since(now() - 10s);
  BOOST_TEST((progress.status(position{5}).lag_time >= 10s));
  BOOST_TEST((progress.status(position{4}).lag_time == 0ms));
  progress.applied(position{5}, 1);
  BOOST_TEST((progress.status(position{6}).lag_time == 0ms));
}

BOOST_AUTO_TEST_CASE(an_event_of_the_future_makes_no_negative_lag) {
  of_sums progress;
  progress.waiting_since(now() + 10s);
  BOOST_TEST((progress.status(position{5}).lag_time == 0ms));
}

BOOST_AUTO_TEST_CASE(the_last_error_stays_visible_after_a_restart) {
  of_sums progress;
  progress.failed({errc::corrupt, "no"});
  progress.pausing();
  BOOST_TEST((progress.status({}).phase == projection_phase::pausing));
  progress.restarting();
  progress.found(projection_phase::running, position{0});
  const auto shown = progress.status({});
  BOOST_TEST(shown.last_error == describe({errc::corrupt, "no"}));
  BOOST_TEST(shown.restarts == 1);
}

BOOST_AUTO_TEST_CASE(what_is_stopped_stays_stopped) {
  of_sums progress;
  progress.stopped();
  progress.found(projection_phase::running, position{1});
  progress.pausing();
  progress.restarting();
  BOOST_TEST((progress.status({}).phase == projection_phase::stopped));
}

BOOST_AUTO_TEST_CASE(applied_events_are_counted) {
  of_sums progress;
  progress.applied(position{10}, 10);
  progress.applied(position{15}, 5);
  BOOST_TEST(progress.status({}).events_applied == 15);
  BOOST_TEST((progress.checkpoint() == position{15}));
}

BOOST_AUTO_TEST_CASE(one_that_is_behind_and_does_not_move_is_stuck) {
  of_sums progress;
  progress.found(projection_phase::running, position{5});
  BOOST_TEST((progress.status(position{6}).stuck_for == 0ms));
  BOOST_TEST(
    eventually([&] { return progress.status(position{6}).stuck_for > 1ms; }));
  progress.applied(position{6}, 1);
  BOOST_TEST((progress.status(position{7}).stuck_for == 0ms));
}

BOOST_AUTO_TEST_CASE(one_that_had_nothing_to_do_for_long_is_not_stuck) {
  of_sums progress;
  progress.found(projection_phase::running, position{5});
  const auto later = std::chrono::steady_clock::now() + 2ms;
  BOOST_TEST(eventually([&] {
    static_cast<void>(progress.status(position{5}));
    return std::chrono::steady_clock::now() > later;
  }));
  BOOST_TEST((progress.status(position{6}).stuck_for == 0ms));
}

BOOST_AUTO_TEST_CASE(one_that_is_paused_is_behind_and_not_stuck) {
  of_sums progress;
  progress.found(projection_phase::running, position{5});
  progress.waiting_since(now() - 1s);
  static_cast<void>(progress.status(position{6}));
  progress.show("by hand", 0);
  const auto shown = progress.status(position{6});
  BOOST_TEST((shown.phase == projection_phase::paused));
  BOOST_TEST((shown.stuck_for == 0ms));
  BOOST_TEST((shown.lag_time >= 1s));
}

BOOST_AUTO_TEST_CASE(a_rebuild_shows_how_far_it_is_and_how_long_it_takes) {
  of_sums progress;
  progress.found(projection_phase::running, position{1'000});
  store::view_builds builds;
  builds.target = 2;
  builds.is_building = true;
  progress.show_builds(builds, position{0});
  BOOST_TEST(!progress.status({}).rebuild->remaining.has_value());
  progress.show_builds(builds, position{500});
  BOOST_REQUIRE(eventually(
    [&] { return progress.status({}).rebuild->events_per_second > 0; }));
  const auto shown = progress.status({});
  BOOST_TEST(shown.rebuild->checkpoint == position{500});
  BOOST_TEST(shown.rebuild->remaining.has_value());
  builds.target.reset();
  builds.live = 2;
  progress.show_builds(builds, {});
  BOOST_TEST(!progress.status({}).rebuild.has_value());
  BOOST_TEST(progress.status({}).build == 2);
}

BOOST_AUTO_TEST_CASE(what_is_in_memory_only_is_no_progress_for_good) {
  of_sums stored;
  of_sums in_memory;
  in_memory.keeps_in_memory();
  for (auto* each : {&stored, &in_memory}) {
    each->found(projection_phase::running, position{5});
    each->applied(position{9}, 4);
    BOOST_TEST(each->checkpoint() == position{9});
  }
  BOOST_TEST(stored.secured() == position{9});
  BOOST_TEST(in_memory.secured() == position{5});
  in_memory.found(projection_phase::running, position{7});
  BOOST_TEST(in_memory.secured() == position{7});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
