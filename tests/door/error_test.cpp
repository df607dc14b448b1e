// SPDX-License-Identifier: MIT
#include <cafes/error.hpp>

#include <boost/test/unit_test.hpp>

#include <set>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(errors)

namespace {

/// Stored and sent: lines are added, never changed or removed.
const std::vector<std::pair<int, std::string_view>> names_for_ever{
  {1, "version_conflict"}, {2, "command_id_reused"},
  {3, "overloaded"},       {4, "deadline_exceeded"},
  {5, "not_owner"},        {6, "moved"},
  {7, "unavailable"},      {8, "outcome_unknown"},
  {9, "stream_not_found"}, {10, "limit_exceeded"},
  {11, "unknown_type"},    {12, "incompatible_schema"},
  {13, "corrupt"},         {14, "log_truncated"},
  {15, "shutting_down"},   {16, "invalid_argument"},
};

} // namespace

BOOST_AUTO_TEST_CASE(codes_have_their_numbers_and_names_for_ever) {
  BOOST_REQUIRE(all_errors().size() == names_for_ever.size());
  for (std::size_t n = 0; n < names_for_ever.size(); ++n) {
    const auto& [number, name] = names_for_ever[n];
    BOOST_TEST(static_cast<int>(all_errors()[n].code) == number);
    BOOST_TEST(all_errors()[n].name == name);
    BOOST_TEST(to_string(static_cast<errc>(number)) == name);
  }
}

BOOST_AUTO_TEST_CASE(each_code_has_a_cause_and_a_remedy_of_its_own) {
  std::set<std::string_view> sentences;
  for (const auto& explained : all_errors()) {
    BOOST_TEST(!explained.cause.empty());
    BOOST_TEST(!explained.remedy.empty());
    BOOST_TEST(sentences.insert(explained.cause).second);
    BOOST_TEST(sentences.insert(explained.remedy).second);
    BOOST_TEST(explain(explained.code).name == explained.name);
  }
}

BOOST_AUTO_TEST_CASE(a_described_error_says_code_message_and_remedy) {
  const auto text = describe(
    {errc::version_conflict, "account-42 is at version 18, expected 17"});
  BOOST_TEST(text.starts_with(
    "version_conflict: account-42 is at version 18, expected 17"));
  BOOST_TEST(text.find(explain(errc::version_conflict).remedy)
             != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
