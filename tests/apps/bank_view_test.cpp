// SPDX-License-Identifier: MIT
#include "tests/apps/bank_at.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

struct filled_bank : bank_at {
  filled_bank() { open_accounts(); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(view_verb, filled_bank)

BOOST_AUTO_TEST_CASE(all_documents_are_shown_as_a_table) {
  const auto ended = (*this)({"view", "balances"});
  BOOST_TEST(succeeds(ended));
  BOOST_TEST(ended.out
             == "key  balance  is_open  owner  transactions\n"
                "7    70       true     ann    2\n"
                "8    0        true     bob    0\n");
}

BOOST_AUTO_TEST_CASE(all_documents_are_shown_as_json) {
  const auto ended = (*this)({"view", "balances", "--json"});
  BOOST_TEST(succeeds(ended));
  BOOST_TEST(json_of(ended) == nlohmann::json::parse(R"([
  {"key": "7", "owner": "ann", "balance": 70, "transactions": 2, "is_open": true},
  {"key": "8", "owner": "bob", "balance": 0, "transactions": 0, "is_open": true}
])"));
}

BOOST_AUTO_TEST_CASE(one_document_is_shown_by_its_key) {
  const auto shown = (*this)({"view", "balances", "8"});
  BOOST_TEST(succeeds(shown));
  BOOST_TEST(shown.out
             == "key  balance  is_open  owner  transactions\n"
                "8    0        true     bob    0\n");
  const auto as_json = (*this)({"view", "balances", "8", "--json"});
  BOOST_TEST(succeeds(as_json));
  BOOST_TEST(json_of(as_json).at("owner") == "bob");
}

BOOST_AUTO_TEST_CASE(a_limit_shows_the_first_documents_only) {
  const auto one = (*this)({"view", "balances", "--limit", "1", "--json"});
  BOOST_TEST(succeeds(one));
  BOOST_TEST_REQUIRE(json_of(one).size() == 1U);
  BOOST_TEST(json_of(one).at(0).at("key") == "7");
  const auto more = (*this)({"view", "balances", "--limit", "3", "--json"});
  BOOST_TEST(json_of(more).size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_limit_that_is_no_number_from_1_is_wrong_usage) {
  for (const auto* limit :
       {"0", "-1", "x", "1.5", "1x", "99999999999999999999"}) {
    const auto ended = (*this)({"view", "balances", "--limit", limit});
    BOOST_TEST(ends_with(64, ended,
                         "--limit: expected a whole number from 1, "
                         "got "
                           + std::string{limit}));
    BOOST_TEST(ended.out == "");
  }
}

BOOST_AUTO_TEST_CASE(an_unknown_key_ends_with_1) {
  for (const auto* form : {"--json", "--limit=5"}) {
    const auto ended = (*this)({"view", "balances", "nobody", form});
    BOOST_TEST(ends_with(1, ended, "balances has no document nobody"));
    BOOST_TEST(ended.out == "");
  }
}

BOOST_AUTO_TEST_CASE(an_unknown_projection_is_bad_data) {
  for (const auto* key : {"", "7"}) {
    const auto ended = (*this)({"view", "ballances", key});
    BOOST_TEST(ends_with(65, ended,
                         "invalid_argument: there is no projection "
                         "\"ballances\" in this program"));
    BOOST_TEST(ended.out == "");
  }
}

BOOST_AUTO_TEST_CASE(an_empty_view_is_an_empty_list) {
  const bank_at other;
  BOOST_TEST(ends_with(0, other({"store", "init"})));
  const auto as_json = other({"view", "balances", "--json"});
  BOOST_TEST(succeeds(as_json));
  BOOST_TEST(json_of(as_json) == nlohmann::json::array());
  const auto shown = other({"view", "balances"});
  BOOST_TEST(succeeds(shown));
  BOOST_TEST(shown.out == "");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
