// SPDX-License-Identifier: MIT
#include "actors/read/feed.hpp"

#include "tests/support/batches.hpp"
#include "tests/support/simulated_system.hpp"

#include <caf/group_manager.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(feed)

namespace {

struct feed_conditions {
  bool end_known = true;
  int head = 0;
};

/// A feed's actor: the test is the log's reader, a projection and the group.
struct lone_feed {
  explicit lone_feed(const feed_conditions& like = {}) {
    auto hints_group = system.system().groups().get_local("test");
    system.spawn(
      [this, hints_group](caf::event_based_actor* self) -> caf::behavior {
        self->join(hints_group);
        return {[this](const actors::head_hint& hint) {
          hints.push_back(static_cast<int>(hint.head.value()));
        }};
      });
    projection = system.spawn([this](caf::event_based_actor*) -> caf::behavior {
      return {[this](const actors::page_read& read) {
        pages.push_back(positions(**read));
      }};
    });
    reader = system.spawn([this](caf::event_based_actor*) -> caf::behavior {
      return {[this](const actors::pull&) -> actors::page_read {
        ++reads;
        return std::make_shared<const expected<actors::log_page>>(
          actors::log_page{});
      }};
    });
    actor = system.spawn(
      actors::feed_actor,
      actors::feed_surroundings{reader, hints_group, 100'000,
                                std::make_shared<std::atomic<std::size_t>>(0),
                                like.end_known, position{like.head}});
    system.run();
  }

  void pull(int after) {
    caf::send_as(projection, actor, actors::pull{position{after}, 10});
    system.run();
  }

  std::vector<int> hints;
  std::vector<std::vector<int>> pages;
  int reads = 0;
  simulated_system system;
  caf::actor projection;
  caf::actor reader;
  caf::actor actor;
};

} // namespace

BOOST_AUTO_TEST_CASE(many_commits_make_one_hint) {
  lone_feed feed;
  for (int at = 1; at <= 5; ++at)
    feed.system.send(feed.actor, batch(at, at));
  feed.system.run();
  BOOST_TEST(feed.hints == std::vector{5}, boost::test_tools::per_element());
  feed.system.send(feed.actor, batch(6, 7));
  feed.system.run();
  BOOST_TEST(feed.hints == (std::vector{5, 7}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(new_events_come_from_memory) {
  lone_feed feed;
  feed.system.send(feed.actor, batch(1, 3));
  feed.pull(1);
  BOOST_TEST(feed.pages.at(0) == (std::vector{2, 3}),
             boost::test_tools::per_element());
  BOOST_TEST(feed.reads == 0);
}

BOOST_AUTO_TEST_CASE(older_events_are_read) {
  lone_feed feed{{.head = 10}};
  feed.system.send(feed.actor, batch(11, 12));
  feed.pull(5);
  BOOST_TEST(feed.reads == 1);
}

BOOST_AUTO_TEST_CASE(
  the_owner_does_not_ask_the_store_for_what_comes_after_the_end) {
  lone_feed feed{{.head = 10}};
  feed.pull(10);
  BOOST_TEST(feed.pages.at(0).empty());
  BOOST_TEST(feed.reads == 0);
}

BOOST_AUTO_TEST_CASE(where_another_process_writes_the_store_is_asked) {
  lone_feed feed{{.end_known = false, .head = 10}};
  feed.pull(10);
  BOOST_TEST(feed.reads == 1);
}

BOOST_AUTO_TEST_CASE(while_an_append_is_in_doubt_the_store_is_asked) {
  lone_feed feed{{.head = 10}};
  feed.system.send(feed.actor, actors::end_unknown{});
  feed.pull(10);
  BOOST_TEST(feed.reads == 1);
  feed.system.send(feed.actor, batch(11, 11));
  feed.pull(11);
  BOOST_TEST(feed.reads == 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
