// SPDX-License-Identifier: MIT
#include "tests/support/feed_under_test.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(feed)

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
  BOOST_TEST(feed.reads.empty());
}

BOOST_AUTO_TEST_CASE(more_than_a_page_comes_from_memory_only) {
  lone_feed feed{{.head = 100}};
  feed.system.send(feed.actor, batch(101, 140));
  feed.pull(0, 100, 35);
  BOOST_TEST(feed.pages.back().size() == 35U);
  BOOST_TEST(feed.reads.empty());
  feed.pull(0, 70, 35);
  BOOST_TEST(feed.pages.back().size() == 10U);
}

BOOST_AUTO_TEST_CASE(older_events_are_read) {
  lone_feed feed{{.head = 10}};
  feed.system.send(feed.actor, batch(11, 12));
  feed.pull(5);
  BOOST_TEST(feed.reads.size() == 1);
  BOOST_TEST(feed.pages.at(0) == (std::vector{6, 7, 8, 9, 10}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(
  the_owner_does_not_ask_the_store_for_what_comes_after_the_end) {
  lone_feed feed{{.head = 10}};
  feed.pull(10);
  BOOST_TEST(feed.pages.at(0).empty());
  BOOST_TEST(feed.reads.empty());
}

BOOST_AUTO_TEST_CASE(where_another_process_writes_the_store_is_asked) {
  lone_feed feed{{.end_known = false, .head = 10}};
  feed.pull(10);
  BOOST_TEST(feed.reads.size() == 1);
}

BOOST_AUTO_TEST_CASE(while_an_append_is_in_doubt_the_store_is_asked) {
  lone_feed feed{{.head = 10}};
  feed.system.send(feed.actor, actors::end_unknown{});
  feed.pull(10);
  BOOST_TEST(feed.reads.size() == 1);
  feed.system.send(feed.actor, batch(11, 11));
  feed.pull(11);
  BOOST_TEST(feed.reads.size() == 1);
}

// -- pages from the store -----------------------------------------------------

BOOST_AUTO_TEST_CASE(who_catch_up_together_cost_one_read_a_page) {
  for (const bool end_known : {true, false}) {
    lone_feed feed{{.end_known = end_known, .head = 100}};
    for (int after = 0; after < 100; after += 10)
      for (const std::size_t projection : {0, 1, 2})
        feed.pull(projection, after);
    for (const auto& pages : feed.told)
      BOOST_TEST(pages.size() == 10);
    for (int after = 0; after < 100; after += 10)
      BOOST_TEST(feed.reads_after(after) == 1);
  }
}

BOOST_AUTO_TEST_CASE(who_ask_while_a_page_is_read_share_it) {
  lone_feed feed{{.head = 100}};
  feed.answers_at_once = false;
  for (const std::size_t projection : {0, 1})
    feed.pull(projection, 0);
  feed.pull(2, 4);
  BOOST_TEST(feed.reads.size() == 1);
  feed.answer_next();
  for (const std::size_t projection : {0, 1})
    BOOST_TEST(feed.told[projection].at(0).size() == 10);
  BOOST_TEST(feed.told[2].at(0) == (std::vector{5, 6, 7, 8, 9, 10}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(one_that_is_late_and_near_reads_nothing) {
  lone_feed feed{{.head = 100}};
  feed.follow(0, 0, 5);
  const auto before = feed.reads.size();
  feed.follow(1, 3, 5);
  BOOST_TEST(feed.told[1].back().back() == 50);
  BOOST_TEST(feed.reads.size() == before);
}

BOOST_AUTO_TEST_CASE(one_page_ahead_is_read_and_no_more) {
  lone_feed feed{{.head = 100}};
  feed.pull(0);
  BOOST_TEST(feed.reads == (std::vector{0, 10}),
             boost::test_tools::per_element());
  feed.pull(10);
  BOOST_TEST(feed.reads == (std::vector{0, 10, 20}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_page_that_is_read_ahead_is_waited_for) {
  lone_feed feed{{.head = 100}};
  feed.answers_at_once = false;
  feed.pull(0);
  feed.answer_next();
  feed.pull(10);
  BOOST_TEST(feed.reads == (std::vector{0, 10}),
             boost::test_tools::per_element());
  BOOST_TEST(feed.pages.size() == 1);
  feed.answer_next();
  BOOST_TEST(feed.pages.at(1).front() == 11);
}

BOOST_AUTO_TEST_CASE(beyond_the_end_nothing_is_read_ahead) {
  for (const bool end_known : {true, false}) {
    lone_feed feed{{.end_known = end_known, .head = 15}};
    feed.pull(0);
    feed.pull(10);
    BOOST_TEST(feed.reads == (std::vector{0, 10}),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_read_ahead_that_is_in_memory) {
  lone_feed feed{{.head = 10}};
  feed.system.send(feed.actor, batch(11, 20));
  feed.pull(0);
  feed.pull(10);
  BOOST_TEST(feed.reads.size() == 1);
}

BOOST_AUTO_TEST_CASE(where_a_page_ended_early_the_log_may_go_on) {
  lone_feed feed{{.end_known = false, .head = 3}};
  feed.pull(0);
  BOOST_TEST(feed.pages.at(0).size() == 3);
  feed.stored = 8;
  feed.follow(1, 0);
  BOOST_TEST(feed.told[1].at(1) == (std::vector{4, 5, 6, 7, 8}),
             boost::test_tools::per_element());
  feed.pull(5);
  BOOST_TEST(feed.pages.at(1) == (std::vector{6, 7, 8}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(who_asks_later_than_an_empty_read_began_has_another) {
  lone_feed feed{{.end_known = false, .head = 10}};
  feed.answers_at_once = false;
  for (const std::size_t projection : {0, 1, 2})
    feed.pull(projection, 10);
  BOOST_TEST(feed.reads.size() == 1);
  feed.answer_next();
  feed.stored = 12;
  BOOST_TEST(feed.told[0].at(0).empty());
  BOOST_TEST(feed.told[1].empty());
  feed.answer_all();
  for (const std::size_t projection : {1, 2})
    BOOST_TEST(feed.told[projection].at(0) == (std::vector{11, 12}),
               boost::test_tools::per_element());
  BOOST_TEST(feed.reads.size() == 2);
}

BOOST_AUTO_TEST_CASE(a_failed_read_is_told_to_all_who_wait_and_forgotten) {
  lone_feed feed{{.head = 100}};
  feed.answers_at_once = false;
  feed.pull(0, 0);
  feed.pull(1, 5);
  feed.fails = true;
  feed.answer_all();
  for (const std::size_t projection : {0, 1})
    BOOST_TEST(feed.told[projection].at(0) == std::vector{lone_feed::failed},
               boost::test_tools::per_element());
  feed.fails = false;
  feed.answers_at_once = true;
  feed.pull(0, 0);
  BOOST_TEST(feed.told[0].at(1).size() == 10);
}

BOOST_AUTO_TEST_CASE(a_read_ahead_that_fails_is_told_to_nobody) {
  lone_feed feed{{.head = 100}};
  feed.answers_at_once = false;
  feed.pull(0);
  feed.answer_next();
  feed.fails = true;
  feed.answer_all();
  BOOST_TEST(feed.pages.size() == 1);
  feed.fails = false;
  feed.pull(10);
  feed.answer_next();
  BOOST_TEST(feed.pages.at(1).front() == 11);
}

BOOST_AUTO_TEST_CASE(a_doubt_drops_pages_and_what_is_on_its_way) {
  lone_feed feed{{.head = 100}};
  feed.pull(0);
  feed.answers_at_once = false;
  feed.pull(1, 50);
  feed.system.send(feed.actor, actors::end_unknown{});
  feed.pull(2, 50);
  BOOST_TEST(feed.reads_after(50) == 2);
  feed.answer_next();
  // Whoever asked before the doubt may have it; nobody else.
  BOOST_TEST(feed.told[1].size() == 1);
  BOOST_TEST(feed.told[2].empty());
  feed.answer_all();
  BOOST_TEST(feed.told[2].size() == 1);
  feed.pull(0);
  BOOST_TEST(feed.reads_after(0) == 2);
}

BOOST_AUTO_TEST_CASE(where_only_the_store_knows_pages_are_kept_for_a_second) {
  using namespace std::chrono_literals;
  lone_feed feed{{.end_known = false, .head = 100}};
  feed.pull(0, 0);
  feed.system.advance(999ms);
  feed.pull(1, 0);
  BOOST_TEST(feed.reads_after(0) == 1);
  feed.system.advance(1ms);
  feed.pull(2, 0);
  BOOST_TEST(feed.reads_after(0) == 2);
}

BOOST_AUTO_TEST_CASE(one_far_behind_leaves_the_others_their_pages) {
  lone_feed feed{{.head = 2'000, .pages = 6}};
  feed.follow(0, 1'000, 3);
  const auto before = feed.reads.size();
  feed.follow(2, 0, 50);
  // 50 pages and one ahead.
  BOOST_TEST(feed.reads.size() == before + 51);
  feed.follow(1, 1'000, 2);
  BOOST_TEST(feed.told[1].back().back() == 1'020);
  BOOST_TEST(feed.reads.size() == before + 51);
}

BOOST_AUTO_TEST_CASE(
  pages_that_cannot_be_kept_are_read_for_each_and_not_ahead) {
  lone_feed feed{{.head = 40, .pages = 0}};
  feed.follow(0, 0);
  BOOST_TEST(feed.reads == (std::vector{0, 10, 20, 30}),
             boost::test_tools::per_element());
  feed.follow(1, 0);
  BOOST_TEST(feed.reads.size() == 8);
}

BOOST_AUTO_TEST_CASE(one_that_has_ended_needs_nothing_any_more) {
  lone_feed feed{{.head = 2'000, .pages = 2}};
  feed.pull(0, 0);
  caf::anon_send_exit(feed.projections[0], caf::exit_reason::kill);
  feed.system.run();
  feed.pull(1, 1'000);
  const auto before = feed.reads.size();
  feed.pull(2, 1'000);
  BOOST_TEST(feed.reads.size() == before);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
