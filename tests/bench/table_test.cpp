// SPDX-License-Identifier: MIT
#include "bench/table.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace cafes::bench {

namespace {

figure measured() {
  figure shown;
  shown.name = "commands_1024";
  shown.unit = "commands/s";
  shown.value = {70'000, 60'000, 80'000};
  shown.limit = spread{100'000, 90'000, 110'000};
  shown.ratio = spread{0.7, 0.6, 0.8};
  shown.bar = 0.75;
  shown.p50_us = 1'234.5;
  shown.p99_us = 5'000;
  return shown;
}

BOOST_AUTO_TEST_SUITE(table_test)

BOOST_AUTO_TEST_CASE(json_has_the_median_of_each_figure) {
  const auto read = nlohmann::json::parse(json_of({measured()}));
  const auto expected = nlohmann::json::parse(R"([{
    "name": "commands_1024", "value": 70000.0, "unit": "commands/s",
    "limit": 100000.0, "ratio": 0.7, "p50_us": 1234.5, "p99_us": 5000.0}])");
  BOOST_TEST(read == expected);
}

BOOST_AUTO_TEST_CASE(json_has_null_for_what_was_not_measured) {
  figure shown;
  shown.name = "bare_copy";
  const auto read = nlohmann::json::parse(json_of({shown})).at(0);
  for (const auto* const name : {"limit", "ratio", "p50_us", "p99_us"})
    BOOST_TEST(read.at(name).is_null(), name);
}

BOOST_AUTO_TEST_CASE(the_table_says_which_bar_was_missed) {
  auto shown = measured();
  BOOST_TEST(table_of({shown}).find("MISSED") != std::string::npos);
  shown.ratio = spread{0.75, 0.75, 0.75};
  BOOST_TEST(table_of({shown}).find("MISSED") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_table_groups_digits) {
  auto shown = measured();
  shown.value.median = 1'234'567;
  BOOST_TEST(table_of({shown}).find("1,234,567") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace

} // namespace cafes::bench
