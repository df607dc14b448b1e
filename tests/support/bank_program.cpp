// SPDX-License-Identifier: MIT
#include "tests/support/bank_program.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <regex>

namespace cafes::test {

namespace {

/// The numbers, which may be grouped as 1,234, that the pattern captures.
std::vector<std::int64_t> numbers_in(const std::string& text,
                                     const std::string& pattern) {
  std::smatch found;
  BOOST_REQUIRE_MESSAGE(std::regex_search(text, found, std::regex{pattern}),
                        pattern << " is not in\n"
                                << text);
  std::vector<std::int64_t> numbers;
  for (std::size_t group = 1; group < found.size(); ++group) {
    auto digits = found.str(group);
    std::erase(digits, ',');
    numbers.push_back(std::stoll(digits));
  }
  return numbers;
}

} // namespace

std::vector<std::string>
bank_command(const std::vector<std::string>& arguments) {
  std::vector<std::string> command{CAFES_BANK};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

child_end bank(const std::vector<std::string>& arguments,
               const child_options& options) {
  return run(bank_command(arguments), options);
}

boost::test_tools::assertion_result ends_with(int code, const child_end& ended,
                                              const std::string& words) {
  boost::test_tools::assertion_result as_wanted{
    ended.code == code && ended.err.find(words) != std::string::npos};
  as_wanted.message() << "wanted exit " << code << " and \"" << words
                      << "\", came " << ended;
  return as_wanted;
}

boost::test_tools::assertion_result succeeds(const child_end& ended) {
  boost::test_tools::assertion_result as_wanted{ended.code == 0
                                                && ended.err.empty()};
  as_wanted.message() << "wanted exit 0 without a word, came " << ended;
  return as_wanted;
}

nlohmann::json json_of(const child_end& ended) {
  BOOST_REQUIRE_MESSAGE(nlohmann::json::accept(ended.out),
                        "stdout is not JSON: " << ended);
  return nlohmann::json::parse(ended.out);
}

statement::balances balances_in(const std::string& store) {
  const auto shown = bank({"view", "balances", "--json", "--store", store});
  BOOST_TEST(succeeds(shown));
  statement::balances all;
  for (const auto& document : json_of(shown))
    all[document.at("key")] = document.at("balance");
  return all;
}

import_summary summary_in(const child_end& ended) {
  const std::string number = "(-?[0-9,]+)";
  import_summary read;
  const auto& text = ended.out;
  read.accounts = numbers_in(text, "accounts +" + number).at(0);
  const auto events
    = numbers_in(text, "events +" + number + " \\(" + number + " new\\)");
  read.events = events.at(0);
  read.new_events = events.at(1);
  const auto commands = numbers_in(text, "commands +" + number + " accepted, "
                                           + number + " as before, " + number
                                           + " refused");
  read.accepted = commands.at(0);
  read.repeated = commands.at(1);
  read.refused = commands.at(2);
  read.lag = numbers_in(text, "projection lag +" + number + " events").at(0);
  read.sum = numbers_in(text, "sum of balances +" + number + " cents").at(0);
  const auto agreement = numbers_in(text, "agree with file +" + number + " of "
                                            + number + " accounts");
  read.agreeing = agreement.at(0);
  read.stated = agreement.at(1);
  return read;
}

} // namespace cafes::test
