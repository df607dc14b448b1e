// SPDX-License-Identifier: MIT
#include "tests/support/open_log.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

auto exactly(std::int64_t wanted) {
  return expected_version::exactly(version{wanted});
}

} // namespace

CAFES_STORE_TEST(a_first_append_expecting_no_stream_is_stored) {
  open_log log{under};
  const auto stored
    = must(log.append("account-1", {.expected = expected_version::none()}));
  BOOST_TEST(stored.first_version == version{1});
  BOOST_TEST(stored.first_position == position{1});
  BOOST_TEST(!stored.repeated);
}

CAFES_STORE_TEST(an_append_at_the_exact_version_is_stored) {
  open_log log{under};
  must(log.append("account-1", {.events = 3}));
  const auto stored = must(log.append("account-1", {.expected = exactly(3)}));
  BOOST_TEST(stored.first_version == version{4});
}

CAFES_STORE_TEST(an_append_without_expectation_follows_what_is_there) {
  open_log log{under};
  must(log.append("account-1", {.events = 2}));
  const auto stored = must(log.append("account-1"));
  BOOST_TEST(stored.first_version == version{3});
}

CAFES_STORE_TEST(an_append_expecting_no_stream_conflicts_where_there_is_one) {
  open_log log{under};
  must(log.append("account-1"));
  BOOST_TEST(
    fails_with(errc::version_conflict,
               log.append("account-1", {.expected = expected_version::none()}),
               "account-1 is at version 1, expected 0"));
}

CAFES_STORE_TEST(an_append_at_a_version_too_low_conflicts) {
  open_log log{under};
  must(log.append("account-1", {.events = 3}));
  BOOST_TEST(fails_with(errc::version_conflict,
                        log.append("account-1", {.expected = exactly(2)}),
                        "account-1 is at version 3, expected 2"));
  BOOST_TEST(log.version_of("account-1") == version{3});
}

CAFES_STORE_TEST(an_append_at_a_version_too_high_conflicts) {
  open_log log{under};
  must(log.append("account-1"));
  BOOST_TEST(fails_with(errc::version_conflict,
                        log.append("account-1", {.expected = exactly(2)})));
  BOOST_TEST(fails_with(errc::version_conflict,
                        log.append("account-2", {.expected = exactly(1)})));
  BOOST_TEST(log.all().size() == 1);
}

CAFES_STORE_TEST(a_loaded_append_creates_its_stream) {
  open_log log{under};
  const auto stored = must(log.append(
    "account-1", {.expected = expected_version::none(), .loaded = true}));
  BOOST_TEST(stored.first_version == version{1});
  BOOST_TEST(log.version_of("account-1") == version{1});
}

CAFES_STORE_TEST(a_loaded_append_with_the_streams_number_is_stored) {
  open_log log{under};
  const auto first = must(log.append("account-1", {.events = 2}));
  const auto second = must(log.append(
    "account-1", {.expected = exactly(2), .loaded = true, .id = first.id}));
  BOOST_TEST(second.id == first.id);
  BOOST_TEST(second.first_version == version{3});
}

CAFES_STORE_TEST(a_loaded_append_without_the_streams_number_is_stored) {
  open_log log{under};
  const auto first = must(log.append("account-1", {.events = 2}));
  const auto second
    = must(log.append("account-1", {.expected = exactly(2), .loaded = true}));
  BOOST_TEST(second.id == first.id);
  BOOST_TEST(second.first_version == version{3});
}

CAFES_STORE_TEST(a_loaded_append_that_has_been_overtaken_conflicts) {
  open_log log{under};
  const auto first = must(log.append("account-1", {.events = 2}));
  must(log.append("account-1"));
  BOOST_TEST(fails_with(
    errc::version_conflict,
    log.append("account-1",
               {.expected = exactly(2), .loaded = true, .id = first.id}),
    "account-1 is at version 3, expected 2"));
}

CAFES_STORE_TEST(a_loaded_first_append_conflicts_where_there_is_a_stream) {
  open_log log{under};
  must(log.append("account-1"));
  BOOST_TEST(
    fails_with(errc::version_conflict,
               log.append("account-1", {.expected = expected_version::none(),
                                        .loaded = true})));
  BOOST_TEST(log.all().size() == 1);
}

} // namespace cafes::test
