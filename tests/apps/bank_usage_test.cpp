// SPDX-License-Identifier: MIT
#include "tests/apps/bank_at.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

namespace cafes::test {

namespace {

using words = std::vector<std::string>;

std::string text_of(const words& arguments) {
  std::string text = "bank";
  for (const auto& each : arguments)
    text += " " + each;
  return text;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(usage, bank_at)

BOOST_AUTO_TEST_CASE(help_of_every_verb_goes_to_stdout) {
  for (const auto& verb : std::vector<words>{{},
                                             {"import"},
                                             {"send"},
                                             {"view"},
                                             {"stream"},
                                             {"stream", "read"},
                                             {"store"},
                                             {"store", "init"},
                                             {"store", "info"}}) {
    auto arguments = verb;
    arguments.emplace_back("--help");
    const auto ended = bank(arguments, {.folder = folder.path()});
    BOOST_TEST(succeeds(ended));
    BOOST_TEST(ended.out.find("Usage: " + text_of(verb) + " ")
                 != std::string::npos,
               ended);
  }
  BOOST_TEST(std::filesystem::is_empty(folder.path()));
}

BOOST_AUTO_TEST_CASE(the_version_goes_to_stdout) {
  const auto ended = bank({"--version"});
  BOOST_TEST(succeeds(ended));
  BOOST_TEST(ended.out.find('.') != std::string::npos);
}

BOOST_AUTO_TEST_CASE(wrong_usage_ends_with_64_and_creates_nothing) {
  for (const auto& arguments :
       std::vector<words>{{},
                          {"store"},
                          {"store", "drop"},
                          {"stream"},
                          {"send"},
                          {"send", "account", "7"},
                          {"send", "account", "7", "close", "{}", "more"},
                          {"view"},
                          {"view", "balances", "--nonsense"},
                          {"import"},
                          {"import", "one.csv", "two.csv"},
                          {"store", "init", "--store"},
                          {"store", "init", "--payload", "xml"},
                          {"--nonsense"}}) {
    const auto ended = bank(arguments, {.folder = folder.path()});
    BOOST_TEST(ends_with(64, ended, "Run with --help for more information."));
    BOOST_TEST(ended.out == "");
  }
  BOOST_TEST(std::filesystem::is_empty(folder.path()));
}

BOOST_AUTO_TEST_CASE(an_unknown_verb_is_named) {
  BOOST_TEST(ends_with(64, bank({"improt", "x.csv"}), "\"improt\""));
  BOOST_TEST(ends_with(64, bank({"store", "drop"}), "\"drop\""));
}

BOOST_AUTO_TEST_CASE(the_environment_names_the_store) {
  const child_options around{{"CAFES_STORE=" + store}, folder.path()};
  BOOST_TEST(succeeds(bank({"store", "init"}, around)));
  BOOST_TEST(std::filesystem::exists(file));
}

BOOST_AUTO_TEST_CASE(the_command_line_outweighs_the_environment) {
  const auto other = folder.path() + "/other.db";
  const child_options around{{"CAFES_STORE=sqlite:" + other}, folder.path()};
  for (const auto& arguments : {words{"store", "init", "--store", store},
                                words{"--store", store, "store", "init"},
                                words{"store", "--store", store, "init"}})
    BOOST_TEST(succeeds(bank(arguments, around)));
  BOOST_TEST(std::filesystem::exists(file));
  BOOST_TEST(!std::filesystem::exists(other));
}

BOOST_AUTO_TEST_CASE(without_a_word_the_store_is_a_file_here) {
  BOOST_TEST(succeeds(bank({"store", "init"}, {.folder = folder.path()})));
  BOOST_TEST(std::filesystem::exists(file));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
