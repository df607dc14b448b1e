// SPDX-License-Identifier: MIT
#include "actors/read/projection_actor.hpp"

#include "actors/read/log_reader_actor.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/simulated_system.hpp"
#include "tests/support/tally.hpp"

#include <caf/group_manager.hpp>
#include <caf/typed_response_promise.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(projection_actor)

namespace {

using namespace std::chrono_literals;

/// A projection's actor whose feed is a reader of the store.
struct lone_projection {
  lone_projection() {
    writer = must(store.open_writer());
    must(writer->acquire("test", 0ms));
    const auto types = detail::make_aggregate_type<tally>().events;
    type = must(writer->register_types(types)).at(0);
    around = std::make_shared<actors::projection_surroundings>();
    around->type = detail::make_projection_type<sums>();
    around->store = std::shared_ptr<store::log_store>{std::shared_ptr<void>{},
                                                      &store};
    around->feed = system.spawn(actors::log_reader_actor, around->store);
    around->hints = hints = system.system().groups().get_local("test");
    around->progress = progress;
    around->page_events_max = 10;
    around->poll_interval = 1s;
  }

  ~lone_projection() { around.reset(); }

  void start() {
    actor = system.spawn(
      actors::projection_actor,
      std::shared_ptr<const actors::projection_surroundings>{around});
    system.run();
  }

  void append(int events) {
    store::append_request request;
    request.stream = {"tally", "1"};
    for (int n = 0; n < events; ++n)
      request.events.push_back({type, R"({"amount":1,"note":""})", ""});
    must(must(writer->append(std::vector{request})).at(0));
  }

  void hint(int head) {
    caf::send_as(caf::actor{}, hints, actors::head_hint{position{head}});
    system.run();
  }

  [[nodiscard]] std::int64_t checkpoint() const {
    return progress->checkpoint().value();
  }

  [[nodiscard]] std::string document() {
    auto reader = must(store.open_view_reader());
    return must(reader->find({"sums", 1, around->type.shape}, "1"))
      .document.value_or("none");
  }

  faulty_store store;
  std::unique_ptr<store::log_writer_session> writer;
  store::type_id type;
  std::shared_ptr<actors::projection_progress> progress
    = std::make_shared<actors::projection_progress>("sums", 1);
  simulated_system system;
  caf::group hints;
  std::shared_ptr<actors::projection_surroundings> around;
  caf::actor actor;
};

} // namespace

BOOST_AUTO_TEST_CASE(it_applies_what_is_stored_page_by_page) {
  lone_projection view;
  view.append(25);
  view.start();
  BOOST_TEST(view.checkpoint() == 25);
  BOOST_TEST(view.document() == R"({"sum":25,"events":25})");
  BOOST_TEST(view.store.faults().calls(store_call::commit) == 3);
}

BOOST_AUTO_TEST_CASE(a_hint_brings_new_events_at_once) {
  lone_projection view;
  view.start();
  view.append(3);
  view.hint(3);
  BOOST_TEST(view.checkpoint() == 3);
}

BOOST_AUTO_TEST_CASE(a_lost_hint_costs_time_and_no_event) {
  lone_projection view;
  view.start();
  view.append(3);
  BOOST_TEST(view.checkpoint() == 0);
  view.system.advance(1s);
  BOOST_TEST(view.checkpoint() == 3);
}

BOOST_AUTO_TEST_CASE(a_hint_before_the_claim_is_ignored) {
  lone_projection view;
  auto other
    = must(view.store.open_view_writer({"sums", 1, view.around->type.shape}));
  must(other->claim());
  view.start();
  view.append(3);
  view.hint(3);
  BOOST_TEST(view.checkpoint() == 0);
  BOOST_TEST((view.progress->status({}).phase == projection_phase::elsewhere));
}

BOOST_AUTO_TEST_CASE(a_hint_that_overtakes_an_empty_page_is_not_lost) {
  using promise = caf::typed_response_promise<actors::page_read>;
  std::vector<promise> pulls;
  lone_projection view;
  // Answers when it is told to.
  view.around->feed
    = view.system.spawn([&](caf::event_based_actor* self) -> caf::behavior {
        return {[&pulls, self](const actors::pull&) {
                  pulls.push_back(self->make_response_promise<promise>());
                  return pulls.back();
                },
                [&pulls](actors::announce) {
                  pulls.back().deliver(actors::page_read{
                    std::make_shared<const expected<actors::log_page>>(
                      actors::log_page{})});
                }};
      });
  view.start();
  BOOST_REQUIRE(pulls.size() == 1);
  view.hint(3);
  BOOST_TEST(pulls.size() == 1);
  view.system.send(view.around->feed, actors::announce{});
  view.system.run();
  BOOST_TEST(pulls.size() == 2);
  pulls.clear();
}

BOOST_AUTO_TEST_CASE(an_old_hint_asks_for_nothing) {
  lone_projection view;
  view.append(3);
  view.start();
  const auto before = view.store.faults().calls(store_call::read_log);
  view.hint(2);
  view.hint(3);
  BOOST_TEST(view.store.faults().calls(store_call::read_log) == before);
}

BOOST_AUTO_TEST_CASE(a_view_built_elsewhere_is_watched_and_taken_over) {
  lone_projection view;
  view.append(5);
  auto other
    = must(view.store.open_view_writer({"sums", 1, view.around->type.shape}));
  must(other->claim());
  view.start();
  must(other->commit({position{0}, position{2}, {}, {}, {}}));
  view.system.advance(1s);
  BOOST_TEST(view.checkpoint() == 2);
  other.reset();
  view.system.advance(1s);
  BOOST_TEST((view.progress->status({}).phase == projection_phase::running));
  BOOST_TEST(view.checkpoint() == 5);
  BOOST_TEST(view.document() == R"({"sum":3,"events":3})");
}

BOOST_AUTO_TEST_CASE(
  any_failing_call_ends_it_and_the_next_one_goes_on_exactly) {
  for (const auto call :
       {store_call::open_view, store_call::claim, store_call::read_log,
        store_call::load, store_call::commit})
    for (const auto how : {store_fault::fails, store_fault::lost_after})
      for (int nth = 1; nth <= 3; ++nth) {
        lone_projection view;
        view.append(25);
        view.store.faults().plan(call, how, nth, nth);
        view.start();
        const bool failed = has_ended(view.actor);
        BOOST_TEST(failed == !view.progress->status({}).last_error.empty());
        if (failed)
          view.start();
        BOOST_REQUIRE(view.checkpoint() == 25);
        BOOST_REQUIRE(view.document() == R"({"sum":25,"events":25})");
      }
}

BOOST_AUTO_TEST_CASE(a_failed_one_has_given_up_its_claim) {
  lone_projection view;
  view.append(1);
  view.store.faults().plan(store_call::commit, store_fault::fails);
  view.start();
  BOOST_TEST(has_ended(view.actor));
  auto other
    = must(view.store.open_view_writer({"sums", 1, view.around->type.shape}));
  BOOST_TEST(must(other->claim()).has_value());
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_is_told_with_its_position) {
  lone_projection view;
  view.append(5);
  sums::fails_from = 3;
  view.start();
  sums::fails_from = 0;
  BOOST_TEST(!has_ended(view.actor));
  const auto shown = view.progress->status({});
  BOOST_TEST(shown.checkpoint == position{5});
  BOOST_TEST(shown.parked == 3);
  const auto& told = shown.last_error;
  BOOST_TEST(told.find("parked position 3 (1)") != std::string::npos, told);
  BOOST_TEST(told.find("refused by the test") != std::string::npos, told);
}

BOOST_AUTO_TEST_CASE(a_feed_that_does_not_answer_ends_it) {
  lone_projection view;
  view.around->feed = view.system.deaf();
  view.start();
  view.system.advance(29s);
  BOOST_TEST(!has_ended(view.actor));
  view.system.advance(2s);
  BOOST_TEST(has_ended(view.actor));
  BOOST_TEST(
    view.progress->status({}).last_error.find("the feed did not answer")
    != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
