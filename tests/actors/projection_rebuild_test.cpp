// SPDX-License-Identifier: MIT
#include "tests/support/lone_projection.hpp"
#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(projection_rebuild)

namespace {

using namespace std::chrono_literals;
using store::build_change;

struct rebuilt_projection : lone_projection {
  explicit rebuilt_projection(int events = 25) {
    control = must(store.open_view_operator());
    if (events > 0)
      append(events);
    start();
  }

  ~rebuilt_projection() { sums::fails_from = 0; }

  /// Asked for; whoever makes the view looks at its next poll.
  void change(build_change wanted) {
    must(control->change(identity(), wanted));
  }

  void poll() { system.advance(1s); }

  [[nodiscard]] store::view_identity identity() const {
    return {"sums", 1, around->type.shape};
  }

  [[nodiscard]] projection_status status() const {
    return progress->status(progress->checkpoint());
  }

  [[nodiscard]] store::view_state stored() {
    return must(control->state(identity()));
  }

  std::unique_ptr<store::view_operator> control;
};

} // namespace

BOOST_AUTO_TEST_CASE(the_new_build_meets_the_live_one_and_goes_live) {
  rebuilt_projection view;
  const auto before = view.document();
  BOOST_TEST(view.status().build == 1);
  view.change(build_change::rebuild);
  view.append(7);
  view.poll();
  const auto status = view.status();
  BOOST_TEST(status.build == 2);
  BOOST_TEST(status.can_roll_back);
  BOOST_TEST(!status.rebuild.has_value());
  BOOST_TEST(view.checkpoint() == 32);
  BOOST_TEST(before == R"({"sum":25,"events":25})");
  BOOST_TEST(view.document() == R"({"sum":32,"events":32})");
  view.append(1);
  view.hint(33);
  BOOST_TEST(view.document() == R"({"sum":33,"events":33})");
}

BOOST_AUTO_TEST_CASE(an_empty_view_is_rebuilt_at_once) {
  rebuilt_projection view{0};
  view.change(build_change::rebuild);
  view.poll();
  BOOST_TEST(view.status().build == 2);
}

BOOST_AUTO_TEST_CASE(a_rebuild_is_gone_on_with_by_the_next_worker) {
  rebuilt_projection view;
  view.change(build_change::rebuild);
  caf::anon_send_exit(view.actor, caf::exit_reason::kill);
  view.system.run();
  view.start();
  view.poll();
  BOOST_TEST(view.status().build == 2);
  BOOST_TEST(view.document() == R"({"sum":25,"events":25})");
}

BOOST_AUTO_TEST_CASE(what_fails_in_the_new_build_leaves_the_live_one_alone) {
  rebuilt_projection view;
  view.around->type.options.parked_max = 0;
  view.around->progress->stopped();
  caf::anon_send_exit(view.actor, caf::exit_reason::kill);
  view.system.run();
  view.around->progress = view.progress
    = std::make_shared<actors::projection_progress>("sums", 1);
  view.start();
  view.change(build_change::rebuild);
  sums::fails_from = 14;
  view.poll();
  const auto stopped = view.status();
  BOOST_TEST(stopped.build == 1);
  BOOST_TEST((stopped.phase == projection_phase::running));
  BOOST_TEST(stopped.paused.empty());
  BOOST_TEST(stopped.rebuild_stopped.find("position 14") != std::string::npos,
             stopped.rebuild_stopped);
  BOOST_REQUIRE(stopped.rebuild.has_value());
  BOOST_TEST(!stopped.rebuild->is_under_way);
  BOOST_TEST(stopped.rebuild->checkpoint == position{10});
  BOOST_TEST(view.document() == R"({"sum":25,"events":25})");

  sums::fails_from = 0;
  const auto commits = view.store.faults().calls(store_call::commit);
  view.change(build_change::rebuild);
  view.poll();
  BOOST_TEST(view.status().build == 2);
  BOOST_TEST(view.status().rebuild_stopped.empty());
  BOOST_TEST(view.store.faults().calls(store_call::commit) == commits + 2);
  BOOST_TEST(view.document() == R"({"sum":25,"events":25})");
}

BOOST_AUTO_TEST_CASE(a_rebuild_that_is_cancelled_before_it_began_is_not_made) {
  rebuilt_projection view;
  view.change(build_change::rebuild);
  view.change(build_change::cancel);
  view.poll();
  const auto status = view.status();
  BOOST_TEST(status.build == 1);
  BOOST_REQUIRE(status.rebuild.has_value());
  BOOST_TEST(!status.rebuild->is_under_way);
  BOOST_TEST(status.rebuild_stopped == "it was cancelled");
}

BOOST_AUTO_TEST_CASE(a_roll_back_catches_up_and_goes_live) {
  rebuilt_projection view;
  view.change(build_change::rebuild);
  view.poll();
  view.append(30);
  view.hint(55);
  view.change(build_change::roll_back);
  view.poll();
  BOOST_TEST(view.status().build == 1);
  BOOST_TEST(view.status().can_roll_back);
  BOOST_TEST(view.document() == R"({"sum":55,"events":55})");
  view.append(1);
  view.hint(56);
  view.change(build_change::roll_back);
  view.poll();
  BOOST_TEST(view.status().build == 2);
  BOOST_TEST(view.document() == R"({"sum":56,"events":56})");
}

BOOST_AUTO_TEST_CASE(
  a_paused_view_is_rebuilt_as_far_as_it_is_and_stays_paused) {
  rebuilt_projection view;
  must(view.control->pause(view.identity(), "an audit"));
  view.poll();
  view.append(5);
  view.change(build_change::rebuild);
  view.poll();
  BOOST_TEST(view.status().build == 2);
  BOOST_TEST((view.status().phase == projection_phase::paused));
  BOOST_TEST(view.checkpoint() == 25);
  must(view.control->resume(view.identity()));
  view.poll();
  BOOST_TEST(view.checkpoint() == 30);
  BOOST_TEST(view.document() == R"({"sum":30,"events":30})");
}

BOOST_AUTO_TEST_CASE(a_mended_handler_and_a_rebuild_empty_what_was_parked) {
  sums::fails_from = 20;
  rebuilt_projection view;
  BOOST_TEST(view.status().parked == 6);
  sums::fails_from = 0;
  view.change(build_change::rebuild);
  view.poll();
  BOOST_TEST(view.status().parked == 0);
  BOOST_TEST(view.stored().parked == 0);
  BOOST_TEST(view.document() == R"({"sum":25,"events":25})");
}

BOOST_AUTO_TEST_CASE(a_view_made_elsewhere_shows_its_rebuild) {
  rebuilt_projection view;
  const auto seen = std::make_shared<actors::projection_progress>("sums", 1);
  auto other = std::make_shared<actors::projection_surroundings>(*view.around);
  other->progress = seen;
  view.system.spawn(
    actors::projection_actor,
    std::shared_ptr<const actors::projection_surroundings>{other});
  view.system.run();
  BOOST_TEST(seen->status({}).build == 1);
  view.change(build_change::rebuild);
  view.change(build_change::cancel);
  view.poll();
  BOOST_REQUIRE(seen->status({}).rebuild.has_value());
  BOOST_TEST(seen->status({}).rebuild->build == 2);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
