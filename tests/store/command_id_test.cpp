// SPDX-License-Identifier: MIT
#include "tests/support/open_log.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

constexpr auto none = expected_version::none();

} // namespace

CAFES_STORE_TEST(a_repeated_append_gets_its_first_result) {
  open_log log{under};
  auto first = must(log.append(
    "account-1", {.expected = none, .events = 2, .command_id = command(1)}));
  must(log.append("account-1"));
  const auto second = must(log.append(
    "account-1", {.expected = none, .events = 2, .command_id = command(1)}));
  first.repeated = true;
  BOOST_TEST(second == first);
  BOOST_TEST(log.all().size() == 3);
}

CAFES_STORE_TEST(a_repeated_loaded_append_gets_its_first_result) {
  open_log log{under};
  const append_shape wanted{
    .expected = none, .events = 2, .loaded = true, .command_id = command(1)};
  auto first = must(log.append("account-1", wanted));
  const auto second = must(log.append("account-1", wanted));
  first.repeated = true;
  BOOST_TEST(second == first);
}

CAFES_STORE_TEST(a_repeated_append_gets_its_first_result_from_a_later_owner) {
  const append_shape wanted{.expected = none, .command_id = command(1)};
  store::appended first;
  {
    open_log log{under};
    first = must(log.append("account-1", wanted));
  }
  under.reopen();
  open_log log{under, "second"};
  first.repeated = true;
  BOOST_TEST(must(log.append("account-1", wanted)) == first);
}

CAFES_STORE_TEST(an_append_repeated_within_a_batch_is_stored_once) {
  open_log log{under};
  const auto once = log.to("account-1",
                           {.expected = none, .command_id = command(1)});
  const auto outcomes = log.append({once, once});
  BOOST_TEST(!must(outcomes[0]).repeated);
  const auto again = must(outcomes[1]);
  BOOST_TEST(again.repeated);
  BOOST_TEST(again.first_position == must(outcomes[0]).first_position);
  BOOST_TEST(log.all().size() == 1);
}

CAFES_STORE_TEST(the_same_command_id_in_another_stream_is_another_command) {
  open_log log{under};
  must(log.append("account-1", {.expected = none, .command_id = command(1)}));
  const auto other = must(
    log.append("account-2", {.expected = none, .command_id = command(1)}));
  BOOST_TEST(!other.repeated);
  BOOST_TEST(log.all().size() == 2);
}

CAFES_STORE_TEST(
  a_conflict_without_command_id_is_never_taken_for_a_repetition) {
  open_log log{under};
  must(log.append("account-1", {.expected = none}));
  BOOST_TEST(fails_with(errc::version_conflict,
                        log.append("account-1", {.expected = none})));
}

CAFES_STORE_TEST(a_command_is_found_by_its_id_with_all_its_events) {
  open_log log{under};
  must(log.append("account-1", {.events = 2, .command_id = command(1)}));
  const auto stored
    = must(log.append("account-1", {.events = 3, .command_id = command(2)}));
  must(log.append("account-1", {.command_id = command(3)}));
  const auto found
    = must(log.reader->find_command(stream("account-1"), command(2)));
  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(*found == stored);
  BOOST_TEST(found->first_version == version{3});
  BOOST_TEST(found->last_version == version{5});
}

CAFES_STORE_TEST(an_unknown_command_is_not_found) {
  open_log log{under};
  must(log.append("account-1", {.command_id = command(1)}));
  must(log.append("account-2", {.command_id = command(2)}));
  const auto find = [&](const char* name, int number) {
    return must(log.reader->find_command(stream(name), command(number)));
  };
  BOOST_TEST(!find("account-1", 2));
  BOOST_TEST(!find("account-3", 1));
  BOOST_TEST(find("account-1", 1).has_value());
}

} // namespace cafes::test
