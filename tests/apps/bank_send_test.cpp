// SPDX-License-Identifier: MIT
#include "tests/apps/bank_at.hpp"
#include "tests/support/stored_log.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

namespace cafes::test {

namespace {

constexpr const char* some_id = "0f8fad5b-d9cb-469f-a165-70867728950e";

struct not_understood {
  std::vector<std::string> command;
  std::string words;
};

std::ostream& operator<<(std::ostream& out, const not_understood& shown) {
  return out << shown.words;
}

const std::vector<not_understood> commands_not_understood{
  {{"account", "7", "rob", "{}"},
   "unknown_type: account has no command \"rob\""},
  {{"acount", "7", "open", "{}"},
   "invalid_argument: there is no aggregate \"acount\""},
  {{"account", "", "close", "{}"}, "invalid_argument: "},
  {{"account", std::string(256, 'k'), "close", "{}"}, "limit_exceeded: "},
  {{"account", "7", "deposit", "{}"}, "field amount is missing"},
  {{"account", "7", "deposit"}, "field amount is missing"},
  {{"account", "7", "deposit", R"({"amount":5})"},
   "field reference is missing"},
  {{"account", "7", "deposit", R"({"amount":"5","reference":""})"},
   "field amount should be a whole number within 64 bits, is a string"},
  {{"account", "7", "deposit", R"({"amount":1.5,"reference":""})"},
   "field amount should be a whole number within 64 bits"},
  {{"account", "7", "deposit",
    R"({"amount":9223372036854775808,"reference":""})"},
   "field amount should be a whole number within 64 bits"},
  {{"account", "7", "deposit", R"({"amount":5,"reference":"","ammount":6})"},
   "field ammount is not known or given twice"},
  {{"account", "7", "deposit", R"({"amount":5,"amount":6,"reference":""})"},
   "field amount is not known or given twice"},
  {{"account", "7", "deposit", R"({"amount":5)"}, "not JSON at byte 11"},
  {{"account", "7", "deposit", "[]"}, "invalid_argument: deposit "},
  {{"account", "7", "deposit", ""}, "not JSON"},
  {{"account", "7", "close", "{}", "--id", "42"},
   "\"42\" is no UUID of the form 0f8fad5b-"},
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(send_verb, bank_at)

BOOST_AUTO_TEST_CASE(an_accepted_command_is_shown_with_its_events) {
  const auto ended = (*this)(
    {"send", "account", "7", "open", R"({"owner":"ann","overdraft_limit":0})"});
  BOOST_TEST(ended.code == 0);
  BOOST_TEST(ended.out
             == "accepted: account-7 version 1 position 1\n"
                "  account.opened {\"owner\":\"ann\",\"overdraft_limit\":0}\n");
}

// What ends is the runtime with all its actors, at a moment that each run
// chooses anew.
BOOST_AUTO_TEST_CASE(a_command_that_succeeds_says_nothing_on_stderr) {
  open_accounts();
  for (int turn = 0; turn < 25; ++turn)
    BOOST_TEST(succeeds((*this)(
      {"send", "account", "7", "deposit", R"({"amount":1,"reference":"x"})"})));
}

BOOST_AUTO_TEST_CASE(an_accepted_command_is_shown_as_json) {
  open_accounts();
  const auto ended = (*this)({"send", "account", "7", "withdraw",
                              R"({"amount":170,"reference":"all"})", "--json"});
  BOOST_TEST(ended.code == 0);
  const auto shown = json_of(ended);
  BOOST_TEST(shown.at("outcome") == "accepted");
  BOOST_TEST(shown.at("version") == 4);
  BOOST_TEST(shown.at("position") == 5);
  BOOST_TEST(shown.at("repeated") == false);
  BOOST_TEST_REQUIRE(shown.at("events").size() == 1U);
  const auto& event = shown.at("events").at(0);
  BOOST_TEST(event.at("type") == "account.withdrawn");
  BOOST_TEST(event.at("schema_version") == 1);
  BOOST_TEST(event.at("data").at("amount") == 170);
  BOOST_TEST(event.at("data").at("reference") == "all");
}

BOOST_AUTO_TEST_CASE(a_rejected_command_ends_with_1_and_the_reason) {
  open_accounts();
  const std::vector<std::string> too_much{"send", "account", "7", "withdraw",
                                          R"({"amount":171,"reference":"x"})"};
  const auto ended = (*this)(too_much);
  BOOST_TEST(ended.code == 1);
  BOOST_TEST(ended.out == "rejected: insufficient_funds\n");
  auto as_json = too_much;
  as_json.emplace_back("--json");
  const auto shown = (*this)(as_json);
  BOOST_TEST(shown.code == 1);
  BOOST_TEST(json_of(shown).at("outcome") == "rejected");
  BOOST_TEST(json_of(shown).at("reason") == "insufficient_funds");
}

BOOST_AUTO_TEST_CASE(a_command_to_an_account_that_is_not_open_is_rejected) {
  const auto ended = (*this)({"send", "account", "9", "close"});
  BOOST_TEST(ended.code == 1);
  BOOST_TEST(ended.out == "rejected: not_open\n");
}

BOOST_DATA_TEST_CASE_F(bank_at, a_command_not_understood_is_refused_with_why,
                       boost::unit_test::data::make(commands_not_understood)) {
  std::vector<std::string> command{"send"};
  command.insert(command.end(), sample.command.begin(), sample.command.end());
  const auto ended = (*this)(command);
  BOOST_TEST(ends_with(65, ended, sample.words));
  BOOST_TEST(ended.out == "");
}

BOOST_AUTO_TEST_CASE(an_error_is_shown_as_json_too) {
  const auto ended = (*this)({"send", "account", "7", "rob", "--json"});
  BOOST_TEST(ended.code == 65);
  const auto shown = json_of(ended);
  BOOST_TEST(shown.at("outcome") == "error");
  BOOST_TEST(shown.at("code") == "unknown_type");
  BOOST_TEST(shown.at("message") == "account has no command \"rob\"");
  BOOST_TEST(!shown.at("remedy").get<std::string>().empty());
}

BOOST_AUTO_TEST_CASE(a_repeated_id_gives_the_first_answer) {
  open_accounts();
  const std::vector<std::string> command{
    "send", "account", "7", "deposit", R"({"amount":5,"reference":"x"})",
    "--id", some_id};
  const auto first = (*this)(command);
  BOOST_TEST(ends_with(0, first));
  BOOST_TEST(
    first.out.starts_with("accepted: account-7 version 4 position 5\n"));
  const auto again = (*this)(command);
  BOOST_TEST(ends_with(0, again));
  BOOST_TEST(again.out
             == "accepted: account-7 version 4 position 5 (as before)\n");
  auto as_json = command;
  as_json.emplace_back("--json");
  const auto shown = json_of((*this)(as_json));
  BOOST_TEST(shown.at("repeated") == true);
  BOOST_TEST(shown.at("position") == 5);
  BOOST_TEST(shown.at("events").empty());
  BOOST_TEST(open_sqlite_log(file)->head() == 5);
}

BOOST_AUTO_TEST_CASE(an_id_is_stored_with_the_event) {
  open_accounts();
  BOOST_TEST(ends_with(0, (*this)({"send", "account", "8", "deposit",
                                   R"({"amount":5,"reference":"x"})", "--id",
                                   some_id})));
  BOOST_TEST(open_sqlite_log(file)->events().back().command_id
             == "0F8FAD5BD9CB469FA16570867728950E");
}

BOOST_AUTO_TEST_CASE(any_key_and_text_is_stored_as_it_is) {
  const std::string key = "a-b c'\";\\ \xf0\x9f\x90\x98";
  const auto ended
    = (*this)({"send", "account", key, "open",
               R"({"owner":"\u00e9\n\"","overdraft_limit":0})", "--json"});
  BOOST_TEST(ended.code == 0);
  const auto shown = (*this)({"view", "balances", key, "--json"});
  BOOST_TEST(json_of(shown).at("key") == key);
  BOOST_TEST(json_of(shown).at("owner") == "\u00e9\n\"");
  BOOST_TEST(json_of((*this)({"stream", "read", "account-" + key, "--json"}))
               .at(0)
               .at("stream")
             == "account-" + key);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
