// SPDX-License-Identifier: MIT
#include "actors/supervisor.hpp"

#include "tests/support/simulated_system.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(supervisor)

namespace {

using namespace std::chrono_literals;

constexpr actors::restart_pauses usual{.shortest = 3s, .longest = 30s};

/// A supervisor of children that live until the test ends them.
struct family {
  explicit family(int size) {
    std::vector<actors::supervised> all;
    for (int index = 0; index < size; ++index) {
      progress.push_back(
        std::make_shared<actors::projection_progress>("child", 1));
      all.push_back({[this, index](caf::event_based_actor* parent) {
                       ++starts.at(static_cast<std::size_t>(index));
                       auto child = parent->spawn(
                         [](caf::event_based_actor*) -> caf::behavior {
                           return {[](int) {}};
                         });
                       alive.at(static_cast<std::size_t>(index)) = child;
                       return child;
                     },
                     progress.back()});
    }
    starts.resize(static_cast<std::size_t>(size));
    alive.resize(static_cast<std::size_t>(size));
    actor = system.spawn(actors::supervisor_actor, std::move(all), usual);
    system.run();
  }

  ~family() { alive.clear(); }

  void end(std::size_t child) {
    caf::anon_send_exit(alive.at(child), caf::exit_reason::user_shutdown);
    system.run();
  }

  projection_phase phase(std::size_t child) {
    return progress.at(child)->status({}).phase;
  }

  std::vector<std::shared_ptr<actors::projection_progress>> progress;
  std::vector<int> starts;
  std::vector<caf::actor> alive;
  simulated_system system;
  caf::actor actor;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_child_that_ended_is_started_again_after_the_pause) {
  family two{2};
  two.end(0);
  BOOST_TEST((two.phase(0) == projection_phase::pausing));
  two.system.advance(2399ms);
  BOOST_TEST(two.starts[0] == 1);
  two.system.advance(601ms);
  BOOST_TEST(two.starts[0] == 2);
  BOOST_TEST(two.starts[1] == 1);
  BOOST_TEST(two.progress[0]->restarts() == 1);
}

BOOST_AUTO_TEST_CASE(pauses_grow_while_there_is_no_progress) {
  family one{1};
  one.end(0);
  one.system.advance(3s);
  one.end(0);
  one.system.advance(4799ms);
  BOOST_TEST(one.starts[0] == 2);
  one.system.advance(1201ms);
  BOOST_TEST(one.starts[0] == 3);
}

BOOST_AUTO_TEST_CASE(progress_makes_the_pause_short_again) {
  family one{1};
  for (int failure = 0; failure < 5; ++failure) {
    one.end(0);
    one.system.advance(30s);
  }
  one.progress[0]->found(projection_phase::running, position{1});
  one.end(0);
  one.system.advance(3s);
  BOOST_TEST(one.starts[0] == 7);
}

BOOST_AUTO_TEST_CASE(a_child_that_fails_at_once_is_noticed) {
  simulated_system system;
  auto progress = std::make_shared<actors::projection_progress>("child", 1);
  int starts = 0;
  auto child = [&](caf::event_based_actor* parent) {
    ++starts;
    return parent->spawn([](caf::event_based_actor* self) { self->quit(); });
  };
  system.spawn(actors::supervisor_actor,
               std::vector{actors::supervised{child, progress}}, usual);
  system.run();
  system.advance(3s);
  BOOST_TEST(starts == 2);
  system.advance(6s);
  BOOST_TEST(starts == 3);
}

BOOST_AUTO_TEST_CASE(a_stopped_supervisor_stops_its_children) {
  family two{2};
  caf::anon_send_exit(two.actor, caf::exit_reason::user_shutdown);
  two.system.run();
  BOOST_TEST(has_ended(two.alive[0]));
  BOOST_TEST(has_ended(two.alive[1]));
  BOOST_TEST((two.phase(0) == projection_phase::stopped));
}

BOOST_AUTO_TEST_CASE(a_supervisor_stopped_during_a_pause_starts_nobody_again) {
  family one{1};
  one.end(0);
  caf::anon_send_exit(one.actor, caf::exit_reason::user_shutdown);
  one.system.run();
  one.system.advance(60s);
  BOOST_TEST(one.starts[0] == 1);
  BOOST_TEST((one.phase(0) == projection_phase::stopped));
}

BOOST_AUTO_TEST_CASE(a_child_that_never_gets_on_is_given_up) {
  family one{1};
  for (int failure = 1; failure <= 11; ++failure) {
    BOOST_TEST(!one.progress[0]->gave_up());
    one.progress[0]->failed({errc::corrupt, "no"});
    one.end(0);
    one.system.advance(30s);
  }
  BOOST_REQUIRE(one.progress[0]->gave_up().has_value());
  BOOST_TEST(one.progress[0]->gave_up()->find("corrupt: no")
             != std::string::npos);
  BOOST_TEST(one.starts[0] == 12); // by the last one, which is to pause it
}

BOOST_AUTO_TEST_CASE(a_child_that_waits_for_the_store_is_never_given_up) {
  family one{1};
  for (int failure = 1; failure <= 30; ++failure) {
    one.progress[0]->failed({errc::unavailable, "not now"});
    one.end(0);
    one.system.advance(30s);
  }
  BOOST_TEST(!one.progress[0]->gave_up());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
