// SPDX-License-Identifier: MIT
#include "tests/apps/bank_at.hpp"

#include <boost/test/unit_test.hpp>

#include <regex>

namespace cafes::test {

namespace {

struct filled_bank : bank_at {
  filled_bank() { open_accounts(); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(stream_verb, filled_bank)

BOOST_AUTO_TEST_CASE(the_events_of_a_stream_are_shown_as_a_table) {
  const auto ended = (*this)({"stream", "read", "account-7"});
  BOOST_TEST(succeeds(ended));
  const std::regex wanted{
    "version  position  recorded_at +type +data\n"
    "1        1         [0-9TZ.:-]{27}  account.opened +"
    "\\{\"owner\":\"ann\",\"overdraft_limit\":100\\}\n"
    "2        2         [0-9TZ.:-]{27}  account.deposited +"
    "\\{\"amount\":50,\"reference\":\"first\"\\}\n"
    "3        3         [0-9TZ.:-]{27}  account.deposited +"
    "\\{\"amount\":20,\"reference\":\"second\"\\}\n"};
  BOOST_TEST(std::regex_match(ended.out, wanted), ended);
}

BOOST_AUTO_TEST_CASE(the_events_of_a_stream_are_shown_as_json) {
  const auto ended = (*this)({"stream", "read", "account-8", "--json"});
  BOOST_TEST(succeeds(ended));
  const auto shown = json_of(ended);
  BOOST_TEST_REQUIRE(shown.size() == 1U);
  const auto& event = shown.at(0);
  BOOST_TEST(event.at("position") == 4);
  BOOST_TEST(event.at("stream") == "account-8");
  BOOST_TEST(event.at("version") == 1);
  BOOST_TEST(event.at("type") == "account.opened");
  BOOST_TEST(event.at("schema_version") == 1);
  BOOST_TEST(event.at("recorded_at").get<std::string>().size() == 27U);
  BOOST_TEST(event.at("command_id").is_null());
  BOOST_TEST(event.at("correlation_id").is_null());
  BOOST_TEST(event.at("causation_id").is_null());
  BOOST_TEST(event.at("data").at("owner") == "bob");
  BOOST_TEST(event.at("metadata").is_null());
}

BOOST_AUTO_TEST_CASE(reading_begins_at_the_version_asked_for) {
  const auto ended
    = (*this)({"stream", "read", "account-7", "--from", "2", "--json"});
  BOOST_TEST(succeeds(ended));
  const auto shown = json_of(ended);
  BOOST_TEST_REQUIRE(shown.size() == 2U);
  BOOST_TEST(shown.at(0).at("version") == 2);
  BOOST_TEST(shown.at(1).at("version") == 3);
}

BOOST_AUTO_TEST_CASE(reading_from_beyond_the_end_shows_nothing) {
  const auto ended
    = (*this)({"stream", "read", "account-7", "--from", "4", "--json"});
  BOOST_TEST(succeeds(ended));
  BOOST_TEST(json_of(ended) == nlohmann::json::array());
}

BOOST_AUTO_TEST_CASE(a_version_that_is_no_number_from_1_is_wrong_usage) {
  for (const auto* from : {"0", "-1", "x"})
    BOOST_TEST(ends_with(
      64, (*this)({"stream", "read", "account-7", "--from", from}),
      "--from: expected a whole number from 1, got " + std::string{from}));
}

BOOST_AUTO_TEST_CASE(an_unknown_stream_ends_with_1) {
  const auto ended = (*this)({"stream", "read", "account-9", "--json"});
  BOOST_TEST(ends_with(1, ended,
                       "stream_not_found: there is no stream "
                       "account-9"));
  BOOST_TEST(ended.out == "");
}

BOOST_AUTO_TEST_CASE(a_name_of_another_form_is_bad_data) {
  for (const auto* name : {"account", "account-", "-7", "Account-7",
                           "7-account", "acc ount-7", ""}) {
    const auto ended = (*this)({"stream", "read", name});
    BOOST_TEST(ends_with(65, ended, "invalid_argument: "));
    BOOST_TEST(ended.out == "");
  }
}

BOOST_AUTO_TEST_CASE(a_stream_of_many_pages_is_read_to_its_end) {
  std::string rows = "transaction_id,date,account_id,type,amount_cents,"
                     "balance_cents,description\n";
  for (int row = 1; row <= 2'000; ++row)
    rows += std::to_string(row) + ",2024-01-31,9,deposit,1,"
            + std::to_string(row) + ",x\n";
  write_file(folder.path() + "/long.csv", rows);
  BOOST_TEST(ends_with(0, (*this)({"import", folder.path() + "/long.csv"})));
  const auto shown
    = json_of((*this)({"stream", "read", "account-9", "--json"}));
  BOOST_TEST_REQUIRE(shown.size() == 2'001U);
  for (std::size_t at = 0; at < shown.size(); ++at)
    BOOST_TEST_REQUIRE(shown.at(at).at("version") == at + 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
