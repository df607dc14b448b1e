// SPDX-License-Identifier: MIT
#include "tests/support/open_log.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>

namespace cafes::test {

using namespace std::chrono_literals;

CAFES_STORE_TEST(the_first_owner_takes_an_empty_log) {
  const auto writer = must(under.store().open_writer());
  const auto owned = must(writer->acquire("first", 0ms));
  BOOST_TEST(owned.taken == epoch{1});
  BOOST_TEST(owned.previous_owner == "");
  BOOST_TEST(owned.head == position{0});
  BOOST_TEST(writer->taken() == epoch{1});
}

CAFES_STORE_TEST(a_second_writer_is_refused_and_told_the_owner) {
  const open_log log{under, "first of all"};
  const auto second = must(under.store().open_writer());
  BOOST_TEST(fails_with(errc::not_owner, second->acquire("second", 0ms),
                        "first of all"));
}

CAFES_STORE_TEST(a_second_writer_waits_as_long_as_it_was_told) {
  const open_log log{under};
  const auto second = must(under.store().open_writer());
  const auto start = std::chrono::steady_clock::now();
  BOOST_TEST(fails_with(errc::not_owner, second->acquire("second", 50ms)));
  const auto waited = std::chrono::steady_clock::now() - start;
  BOOST_TEST((waited >= 50ms));
  BOOST_TEST((waited < 10s));
}

CAFES_STORE_TEST(a_second_writer_gets_the_log_after_the_first) {
  auto first = std::make_unique<open_log>(under);
  must(first->append("account-1", {.events = 2}));
  const auto second = must(under.store().open_writer());
  BOOST_TEST(fails_with(errc::not_owner, second->acquire("second", 0ms)));
  first.reset();
  const auto owned = must(second->acquire("second", 10s));
  BOOST_TEST(owned.previous_owner == "first");
  BOOST_TEST(owned.head == position{2});
  BOOST_TEST(owned.taken == epoch{2});
}

CAFES_STORE_TEST(a_waiting_writer_gets_the_log_when_it_becomes_free) {
  auto first = std::make_unique<open_log>(under);
  const auto second = must(under.store().open_writer());
  auto waiting = std::async(std::launch::async,
                            [&] { return second->acquire("second", 60s); });
  first.reset();
  BOOST_TEST(must(waiting.get()).previous_owner == "first");
}

CAFES_STORE_TEST(each_owner_raises_the_epoch) {
  for (std::int64_t turn = 1; turn <= 3; ++turn) {
    const open_log log{under, "owner " + std::to_string(turn)};
    BOOST_TEST(log.owned.taken == epoch{turn});
  }
}

CAFES_STORE_TEST(a_later_owner_goes_on_where_the_first_ended) {
  {
    open_log first{under};
    must(first.append("account-1", {.events = 2}));
  }
  open_log second{under, "second"};
  BOOST_TEST(must(second.append("account-1")).first_version == version{3});
  BOOST_TEST(
    must(second.append("account-2",
                       {.expected = expected_version::none(), .loaded = true}))
      .first_position
    == position{4});
  check_dense(second.all());
}

CAFES_STORE_TEST(a_refused_writer_changes_neither_epoch_nor_owner) {
  open_log first{under};
  const auto second = must(under.store().open_writer());
  BOOST_TEST(fails_with(errc::not_owner, second->acquire("second", 0ms)));
  const auto held = must(under.store().summary());
  BOOST_TEST(held.epoch == epoch{1});
  BOOST_TEST(held.owner == "first");
  must(first.append("account-1"));
}

CAFES_STORE_TEST(any_text_names_an_owner) {
  for (const auto* owner : {"'; --", "\\.", "%s {} \xf0\x9f\x90\x98\n"}) {
    const open_log log{under, owner};
    BOOST_TEST(must(under.store().summary()).owner == owner);
    const auto second = must(under.store().open_writer());
    BOOST_TEST(fails_with(errc::not_owner, second->acquire("second", 0ms)));
  }
}

CAFES_STORE_TEST(two_stores_have_owners_of_their_own) {
  const auto other = make_store(under.kind());
  open_log here{under};
  open_log there{*other};
  must(here.append("account-1"));
  BOOST_TEST(must(there.append("account-1")).first_position == position{1});
}

} // namespace cafes::test
