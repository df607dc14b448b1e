// SPDX-License-Identifier: MIT
#include "tests/apps/bank_at.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace cafes::test {

namespace {

struct asked_bank : bank_at {
  asked_bank() {
    open_accounts();
    (*this)({"send", "account", "70", "open",
             R"({"owner":"ann <3","overdraft_limit":500})"});
    (*this)({"send", "account", "70", "withdraw",
             R"({"amount":30,"reference":"rent"})"});
  }

  [[nodiscard]] child_end view(std::vector<std::string> more) const {
    more.insert(more.begin(), {"view", "balances"});
    return (*this)(more);
  }

  [[nodiscard]] std::vector<std::string>
  keys(std::vector<std::string> more) const {
    more.emplace_back("--json");
    const auto ended = view(std::move(more));
    BOOST_TEST(succeeds(ended));
    std::vector<std::string> found;
    for (const auto& document : json_of(ended))
      found.push_back(document.at("key"));
    return found;
  }
};

using texts = std::vector<std::string>;

} // namespace

BOOST_FIXTURE_TEST_SUITE(view_query_verb, asked_bank)

BOOST_AUTO_TEST_CASE(documents_are_shown_by_conditions_of_each_type) {
  BOOST_TEST((keys({"--where", "balance<0"}) == texts{"70"}));
  BOOST_TEST((keys({"--where", "balance >= 0"}) == texts{"7", "8"}));
  BOOST_TEST((keys({"--where", "balance!=-30"}) == texts{"7", "8"}));
  BOOST_TEST((keys({"--where", "owner=ann <3"}) == texts{"70"}));
  BOOST_TEST((keys({"--where", "owner>ann"}) == texts{"70", "8"}));
  BOOST_TEST((keys({"--where", "is_open=true"}) == texts{"7", "70", "8"}));
  BOOST_TEST(keys({"--where", "is_open=false"}).empty());
  BOOST_TEST((keys({"--where", "balance<=70", "--where", "balance>0", "--where",
                    "transactions=2"})
              == texts{"7"}));
}

BOOST_AUTO_TEST_CASE(documents_are_shown_within_bounds_and_downwards) {
  BOOST_TEST((keys({"--from", "70"}) == texts{"70", "8"}));
  BOOST_TEST((keys({"--to", "70"}) == texts{"7", "70"}));
  BOOST_TEST((keys({"--prefix", "7", "--descending"}) == texts{"70", "7"}));
  BOOST_TEST((keys({"--descending", "--limit", "2"}) == texts{"8", "70"}));
  BOOST_TEST((keys({"--limit", "1", "--where", "balance<1"}) == texts{"70"}));
}

BOOST_AUTO_TEST_CASE(documents_are_counted_and_summed) {
  BOOST_TEST(view({"--count"}).out == "3\n");
  BOOST_TEST(view({"--count", "--where", "balance>100"}).out == "0\n");
  BOOST_TEST(view({"--sum", "balance"}).out == "40\n");
  BOOST_TEST(view({"--sum", "balance", "--prefix", "70"}).out == "-30\n");
  const auto counted = json_of(view({"--count", "--json"}));
  BOOST_TEST(counted == nlohmann::json::parse(R"({"count":3,"checkpoint":6})"));
  const auto summed = json_of(view({"--sum", "transactions", "--json"}));
  BOOST_TEST(summed == nlohmann::json::parse(R"({"sum":3,"checkpoint":6})"));
}

BOOST_AUTO_TEST_CASE(a_condition_that_is_none_is_wrong_usage) {
  for (const auto* text :
       {"balance", "=3", "<", "balance==3", "balance!3", " =3"}) {
    const auto ended = view({"--where", text});
    BOOST_TEST(ends_with(64, ended,
                         "expected FIELD, one of = != < <= > >= and a value, "
                         "got "
                           + std::string{text}));
    BOOST_TEST(ended.out == "");
  }
}

BOOST_AUTO_TEST_CASE(a_condition_on_no_field_or_of_another_type_is_bad_data) {
  const auto refused = [&](const texts& asked, const std::string& words) {
    const auto ended = view(asked);
    BOOST_TEST(ends_with(65, ended, words));
    BOOST_TEST(ended.out == "");
  };
  const std::string known
    = "cannot be asked for; these can: owner, balance, transactions, is_open";
  refused({"--where", "blance<0"}, known);
  refused({"--where", "'; DROP TABLE events; --=1"}, known);
  refused({"--count", "--where", "key=7"}, known);
  refused({"--sum", "blance"}, known);
  refused({"--sum", ""}, "a sum is of a field");
  refused({"--sum", "owner"}, "owner is no whole number to sum");
  for (const auto* number :
       {"balance<x", "balance<", "balance<1.5", "balance<1e3", "balance<>3",
        "balance<9223372036854775808"})
    refused({"--where", number},
            "field balance is compared with a whole number within 64 bits");
  refused({"--where", "is_open=yes"}, "is compared with true or false");
  refused({"--where", "is_open<true"}, "only equal or not");
  refused(texts(9, "--where=balance<0"), "at most 8 conditions");
}

BOOST_AUTO_TEST_CASE(what_does_not_go_together_is_wrong_usage) {
  for (const auto& asked :
       {texts{"7", "--where", "balance<0"}, texts{"7", "--count"},
        texts{"7", "--descending"}, texts{"7", "--from", "1"},
        texts{"--count", "--sum", "balance"}, texts{"--count", "--limit", "3"},
        texts{"--sum", "balance", "--descending"}}) {
    const auto ended = view(asked);
    BOOST_TEST(ends_with(64, ended, "excludes"));
    BOOST_TEST(ended.out == "");
  }
}

BOOST_AUTO_TEST_CASE(a_question_to_an_unknown_projection_is_bad_data) {
  for (const auto* more : {"--count", "--where=balance<0", "--sum=balance"})
    BOOST_TEST(ends_with(65, (*this)({"view", "ballances", more}),
                         "there is no projection \"ballances\""));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
