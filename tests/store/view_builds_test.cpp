// SPDX-License-Identifier: MIT
#include "tests/support/parking_view.hpp"
#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

using store::build_change;
using store::keyed_document;
using store::view_builds;

/// A view whose live build is at a position, with a reader beside its worker.
struct built_view : parking_view {
  explicit built_view(store_under_test& under, std::int64_t steps = 5)
    : parking_view{under}, reader{must(under.store().open_view_reader())} {
    write(*writer, 0, steps, "live");
  }

  static void write(store::view_writer& build, std::int64_t from,
                    std::int64_t to, const std::string& said) {
    const std::vector<keyed_document> changed{
      {"who", "{\"said\": \"" + said + "\"}"}};
    must(build.commit({position{from}, position{to}, changed, {}, {}}));
  }

  view_builds change(build_change wanted) const {
    return must(control->change(view, wanted));
  }

  store::target_build open_target() const {
    auto opened = must(writer->open_target());
    BOOST_REQUIRE(opened.has_value());
    return std::move(*opened);
  }

  /// A rebuild that has gone live; the writer is the new build's.
  void rebuild(std::int64_t to, const std::string& said) {
    change(build_change::rebuild);
    auto target = open_target();
    write(*target.writer, 0, to, said);
    must(target.writer->go_live(position{to}));
    writer = std::move(target.writer);
  }

  [[nodiscard]] bool says(const std::string& said) const {
    const auto found = must(reader->find(view, "who")).document;
    return found && found->find('"' + said + '"') != std::string::npos;
  }

  std::unique_ptr<store::view_reader> reader;
};

bool is_refused(const expected<view_builds>& answer) {
  return !answer && answer.error().code == errc::invalid_argument;
}

} // namespace

CAFES_STORE_TEST(a_view_begins_with_one_build_that_is_live) {
  const built_view built{under};
  const auto builds = must(built.control->state(built.view)).builds;
  BOOST_TEST((builds == view_builds{}));
  BOOST_TEST((must(built.writer->orders()).builds == builds));
  BOOST_TEST(!must(built.writer->open_target()).has_value());
}

CAFES_STORE_TEST(a_target_is_made_beside_the_live_build_and_not_seen) {
  const built_view built{under};
  const auto builds = built.change(build_change::rebuild);
  BOOST_TEST((builds.target == 2));
  BOOST_TEST(builds.is_building);
  BOOST_TEST((must(built.writer->orders()).builds == builds));
  const auto target = built.open_target();
  BOOST_TEST(target.number == 2);
  BOOST_TEST(target.checkpoint == position{0});
  built_view::write(*target.writer, 0, 3, "new");
  BOOST_TEST(built.says("live"));
  BOOST_TEST(must(built.reader->checkpoint(built.view)) == position{5});
  BOOST_TEST(must(built.control->state(built.view)).target_checkpoint
             == position{3});
  const std::vector<std::string> keys{"who"};
  BOOST_TEST(must(target.writer->load(keys)).size() == 1U);
}

CAFES_STORE_TEST(a_target_goes_live_where_both_are) {
  built_view built{under};
  BOOST_TEST(built.says("live"));
  built.rebuild(5, "new");
  BOOST_TEST(built.says("new"));
  const auto listed = must(built.reader->query(built.view, {}));
  BOOST_TEST(listed.checkpoint == position{5});
  BOOST_TEST(listed.documents.size() == 1U);
  const auto state = must(built.control->state(built.view));
  BOOST_TEST(state.builds.live == 2);
  BOOST_TEST((state.builds.previous == 1));
  BOOST_TEST(!state.builds.target.has_value());
  BOOST_TEST(!state.builds.is_building);
  built_view::write(*built.writer, 5, 6, "newer");
  BOOST_TEST(built.says("newer"));
}

CAFES_STORE_TEST(a_target_does_not_go_live_from_elsewhere) {
  const built_view built{under};
  built.change(build_change::rebuild);
  const auto target = built.open_target();
  built_view::write(*target.writer, 0, 4, "new");
  for (const auto at : {4, 5}) {
    const auto live = target.writer->go_live(position{at});
    BOOST_TEST(!live.has_value());
    BOOST_TEST((live.error().code == errc::not_owner));
  }
  BOOST_TEST(built.says("live"));
}

CAFES_STORE_TEST(a_cancelled_target_does_not_go_live_and_is_gone_on_with) {
  const built_view built{under};
  built.change(build_change::rebuild);
  const auto target = built.open_target();
  built_view::write(*target.writer, 0, 5, "new");
  const auto builds = built.change(build_change::cancel);
  BOOST_TEST(!builds.is_building);
  BOOST_TEST((builds.target == 2));
  BOOST_TEST(!builds.stopped.empty());
  BOOST_TEST(!must(built.writer->open_target()).has_value());
  BOOST_TEST(!target.writer->go_live(position{5}).has_value());
  BOOST_TEST((built.change(build_change::rebuild).target == 2));
  const auto again = built.open_target();
  BOOST_TEST(again.checkpoint == position{5});
  must(again.writer->go_live(position{5}));
  BOOST_TEST(built.says("new"));
}

CAFES_STORE_TEST(a_rebuild_anew_drops_the_target_before_it) {
  const built_view built{under};
  built.change(build_change::rebuild);
  const auto first = built.open_target();
  built_view::write(*first.writer, 0, 5, "first");
  BOOST_TEST((built.change(build_change::rebuild_anew).target == 3));
  const auto late
    = first.writer->commit({position{5}, position{6}, {}, {}, {}});
  BOOST_TEST(!late.has_value());
  BOOST_TEST(!first.writer->go_live(position{5}).has_value());
  must(first.writer->pause("of no concern any more"));
  const auto second = built.open_target();
  BOOST_TEST(second.number == 3);
  BOOST_TEST(second.checkpoint == position{0});
  BOOST_TEST(must(built.control->state(built.view)).builds.is_building);
  BOOST_TEST(built.says("live"));
}

CAFES_STORE_TEST(a_target_that_is_paused_is_not_made_any_more) {
  const built_view built{under};
  built.change(build_change::rebuild);
  const auto target = built.open_target();
  must(target.writer->pause("it cannot go on"));
  const auto state = must(built.control->state(built.view));
  BOOST_TEST(!state.paused.has_value());
  BOOST_TEST(!state.builds.is_building);
  BOOST_TEST(state.builds.stopped == "it cannot go on");
  BOOST_TEST((state.builds.target == 2));
}

CAFES_STORE_TEST(a_roll_back_goes_back_to_the_build_before) {
  built_view built{under};
  built.rebuild(5, "new");
  built_view::write(*built.writer, 5, 8, "newer");
  const auto builds = built.change(build_change::roll_back);
  BOOST_TEST((builds.target == 1));
  BOOST_TEST(builds.goes_back);
  const auto target = built.open_target();
  BOOST_TEST(target.checkpoint == position{5});
  built_view::write(*target.writer, 5, 8, "old");
  must(target.writer->go_live(position{8}));
  BOOST_TEST(built.says("old"));
  const auto state = must(built.control->state(built.view));
  BOOST_TEST(state.builds.live == 1);
  BOOST_TEST((state.builds.previous == 2));
}

CAFES_STORE_TEST(a_cancelled_roll_back_can_be_asked_for_again) {
  built_view built{under};
  built.rebuild(5, "new");
  built.change(build_change::roll_back);
  const auto builds = built.change(build_change::cancel);
  BOOST_TEST((builds.previous == 1));
  BOOST_TEST(!builds.target.has_value());
  BOOST_TEST((built.change(build_change::roll_back).target == 1));
}

CAFES_STORE_TEST(the_next_rebuild_drops_what_was_live_before) {
  built_view built{under};
  built.rebuild(5, "second");
  BOOST_TEST((built.change(build_change::rebuild).target == 3));
  BOOST_TEST(!must(built.control->state(built.view)).builds.previous);
  BOOST_TEST(
    is_refused(built.control->change(built.view, build_change::roll_back)));
  auto target = built.open_target();
  built_view::write(*target.writer, 0, 5, "third");
  must(target.writer->go_live(position{5}));
  BOOST_TEST(built.says("third"));
}

CAFES_STORE_TEST(changes_that_make_no_sense_are_refused) {
  built_view built{under};
  BOOST_TEST(
    is_refused(built.control->change(built.view, build_change::cancel)));
  BOOST_TEST(
    is_refused(built.control->change(built.view, build_change::roll_back)));
  built.rebuild(5, "new");
  built.change(build_change::roll_back);
  BOOST_TEST(
    is_refused(built.control->change(built.view, build_change::rebuild)));
  BOOST_TEST(is_refused(
    built.control->change({"nobody", 1, "{}"}, build_change::rebuild)));
}

CAFES_STORE_TEST(a_new_session_claims_the_build_that_is_live) {
  built_view built{under};
  built.rebuild(5, "new");
  built_view::write(*built.writer, 5, 7, "newer");
  built.writer.reset();
  const auto next = must(under.store().open_view_writer(built.view));
  BOOST_TEST((must(next->claim()) == position{7}));
  built_view::write(*next, 7, 8, "newest");
  BOOST_TEST(built.says("newest"));
}

CAFES_STORE_TEST(the_claim_lives_with_the_writer_of_a_target) {
  built_view built{under};
  built.change(build_change::rebuild);
  auto target = built.open_target();
  built.writer.reset();
  const auto other = must(under.store().open_view_writer(built.view));
  BOOST_TEST(!must(other->claim()).has_value());
  target.writer.reset();
  BOOST_TEST(must(other->claim()).has_value());
}

CAFES_STORE_TEST(each_build_has_parked_events_of_its_own) {
  built_view built{under};
  const std::vector<parked_event> one{parked_at(6, "a")};
  must(built.writer->commit({position{5}, position{6}, {}, one, {}}));
  built.change(build_change::rebuild);
  const auto target = built.open_target();
  BOOST_TEST(must(target.writer->parked({}, 10)).empty());
  const std::vector<parked_event> parked{parked_at(2, "b"), parked_at(6, "c")};
  must(target.writer->commit({position{0}, position{6}, {}, parked, {}}));
  BOOST_TEST(must(built.control->parked(built.view, {}, 10)).size() == 1U);
  must(target.writer->go_live(position{6}));
  BOOST_TEST(must(built.control->parked(built.view, {}, 10)).size() == 2U);
  BOOST_TEST(must(built.control->wish(built.view, {}, parked_wish::retry))
             == 2);
  BOOST_TEST(must(target.writer->orders()).wished.size() == 2U);
  BOOST_TEST(must(built.control->state(built.view)).parked == 2);
}

CAFES_STORE_TEST(a_build_that_goes_live_is_paused_as_the_one_before) {
  built_view built{under};
  must(built.control->pause(built.view, "an audit"));
  built.rebuild(5, "new");
  BOOST_TEST((must(built.control->state(built.view)).paused == "an audit"));
  must(built.control->resume(built.view));
  BOOST_TEST(!must(built.writer->orders()).paused.has_value());
}

} // namespace cafes::test
