// SPDX-License-Identifier: MIT
#include "apps/bank/statement.hpp"
#include "tests/support/statement_file.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <limits>
#include <ostream>
#include <sstream>

namespace bank {

namespace {

using cafes::test::statement_header;

/// The rows of a statement whose header is good.
std::vector<statement_reader::row> read_all(const std::string& text) {
  std::istringstream in{text};
  statement_reader reader{in};
  if (const auto mistake = reader.read_header())
    BOOST_FAIL(describe(*mistake));
  std::vector<statement_reader::row> rows;
  while (auto row = reader.next())
    rows.push_back(*std::move(row));
  return rows;
}

std::string with_header(const std::string& lines) {
  return statement_header + ("\n" + lines);
}

transaction read_one(const std::string& line) {
  const auto rows = read_all(with_header(line));
  BOOST_REQUIRE_EQUAL(rows.size(), 1U);
  if (const auto* mistake = std::get_if<malformed_line>(&rows.front()))
    BOOST_FAIL(describe(*mistake));
  return std::get<transaction>(rows.front());
}

std::string mistake_in(const std::string& line) {
  const auto rows = read_all(with_header(line));
  BOOST_REQUIRE_EQUAL(rows.size(), 1U);
  const auto* mistake = std::get_if<malformed_line>(&rows.front());
  return mistake == nullptr ? "none" : describe(*mistake);
}

std::string header_mistake_in(const std::string& text) {
  std::istringstream in{text};
  const auto mistake = statement_reader{in}.read_header();
  return mistake ? describe(*mistake) : "none";
}

struct malformed {
  const char* line;
  const char* described;
};

std::ostream& operator<<(std::ostream& out, const malformed& shown) {
  return out << shown.line;
}

const std::vector<malformed> malformed_lines{
  {",2024-01-31,7,deposit,5,5,x",
   "line 2, column 1: expected a transaction_id"},
  {"1,2024-1-31,7,deposit,5,5,x",
   "line 2, column 3: expected a date as 1993-01-31"},
  {"1,2023-02-29,7,deposit,5,5,x",
   "line 2, column 3: expected a date as 1993-01-31"},
  {"1,-199-01-31,7,deposit,5,5,x",
   "line 2, column 3: expected a date as 1993-01-31"},
  {"1,2024-+1-31,7,deposit,5,5,x",
   "line 2, column 3: expected a date as 1993-01-31"},
  {"1,2024-01-31,,deposit,5,5,x",
   "line 2, column 14: expected an account_id of 1 to 255 bytes"},
  {"1,2024-01-31,7,Deposit,5,5,x",
   "line 2, column 16: expected deposit or withdrawal"},
  {"1,2024-01-31,7,deposit,0,5,x",
   "line 2, column 24: expected a positive whole number of cents"},
  {"1,2024-01-31,7,deposit,-5,5,x",
   "line 2, column 24: expected a positive whole number of cents"},
  {"1,2024-01-31,7,deposit,5.00,5,x",
   "line 2, column 24: expected a positive whole number of cents"},
  {"1,2024-01-31,7,deposit,9223372036854775808,5,x",
   "line 2, column 24: expected a positive whole number of cents"},
  {"1,2024-01-31,7,deposit,5,,x",
   "line 2, column 26: expected a whole number of cents"},
  {"1,2024-01-31,7,deposit,5, 5,x",
   "line 2, column 26: expected a whole number of cents"},
  {"1,2024-01-31,7,deposit,5,5",
   "line 2, column 27: expected 7 columns, there are 6"},
  {"1,2024-01-31,7,deposit,5,5,x,y",
   "line 2, column 30: expected 7 columns, there are 8"},
  {"1,2024-01-31,7,deposit,5,5,\"x",
   "line 2, column 28: expected a closing quote"},
  {"1,2024-01-31,\"7\"8,deposit,5,5,x",
   "line 2, column 17: expected a comma after the closing quote"},
  {"   ", "line 2, column 4: expected 7 columns, there are 1"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(statement_reader_test)

BOOST_AUTO_TEST_CASE(a_row_is_read_field_by_field) {
  const auto read = read_one("t1,2024-02-29,acc 7,withdrawal,250,-100,rent\n");
  BOOST_TEST(read.line == 2U);
  BOOST_TEST(read.id == "t1");
  BOOST_TEST(read.date == "2024-02-29");
  BOOST_TEST(read.account == "acc 7");
  BOOST_TEST((read.kind == transaction::direction::withdrawal));
  BOOST_TEST(read.amount.count() == 250);
  BOOST_TEST(read.balance.count() == -100);
  BOOST_TEST(read.description == "rent");
}

BOOST_AUTO_TEST_CASE(quoted_fields_hold_commas_and_doubled_quotes) {
  const auto read = read_one(R"("t,1",2024-01-31,"a""b",deposit,5,5,"x, ""y"""
)");
  BOOST_TEST(read.id == "t,1");
  BOOST_TEST(read.account == "a\"b");
  BOOST_TEST(read.description == "x, \"y\"");
}

BOOST_AUTO_TEST_CASE(a_quote_inside_a_field_is_only_a_character) {
  BOOST_TEST(read_one("1,2024-01-31,7,deposit,5,5,6\" pipe\n").description
             == "6\" pipe");
}

BOOST_AUTO_TEST_CASE(the_description_may_be_empty) {
  BOOST_TEST(read_one("1,2024-01-31,7,deposit,5,5,\n").description == "");
}

BOOST_AUTO_TEST_CASE(the_largest_amounts_fit) {
  const auto read = read_one("1,2024-01-31,7,deposit,9223372036854775807,"
                             "-9223372036854775808,x\n");
  BOOST_TEST(read.amount.count() == 9'223'372'036'854'775'807);
  BOOST_TEST(read.balance.count() == std::numeric_limits<std::int64_t>::min());
}

BOOST_AUTO_TEST_CASE(an_account_id_has_at_most_255_bytes) {
  const auto with_account = [](std::size_t bytes) {
    return "1,2024-01-31," + std::string(bytes, 'k') + ",deposit,5,5,x\n";
  };
  BOOST_TEST(read_one(with_account(255)).account.size() == 255U);
  BOOST_TEST(mistake_in(with_account(256))
             == "line 2, column 14: expected an account_id of 1 to 255 bytes");
}

BOOST_AUTO_TEST_CASE(the_last_line_may_end_without_a_newline) {
  BOOST_TEST(read_one("1,2024-01-31,7,deposit,5,5,x").description == "x");
}

BOOST_AUTO_TEST_CASE(lines_may_end_as_on_windows) {
  const auto rows = read_all(std::string{statement_header}
                             + "\r\n1,2024-01-31,7,deposit,5,5,x\r\n");
  BOOST_REQUIRE_EQUAL(rows.size(), 1U);
  BOOST_TEST(std::get<transaction>(rows.front()).description == "x");
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_skipped) {
  BOOST_TEST(header_mistake_in("\xef\xbb\xbf" + with_header("")) == "none");
}

BOOST_AUTO_TEST_CASE(empty_lines_are_skipped_but_counted) {
  const auto rows
    = read_all(with_header("\n\r\n1,2024-01-31,7,deposit,5,5,x\n\n"));
  BOOST_REQUIRE_EQUAL(rows.size(), 1U);
  BOOST_TEST(std::get<transaction>(rows.front()).line == 4U);
}

BOOST_AUTO_TEST_CASE(a_statement_may_have_no_rows) {
  BOOST_TEST(read_all(statement_header).empty());
  BOOST_TEST(read_all(with_header("")).empty());
}

BOOST_AUTO_TEST_CASE(another_first_line_is_no_header) {
  const auto wanted = "line 1, column 1: expected the header "
                      + std::string{statement_header};
  BOOST_TEST(header_mistake_in("") == wanted);
  BOOST_TEST(header_mistake_in("\n" + with_header("")) == wanted);
  BOOST_TEST(header_mistake_in("1,2024-01-31,7,deposit,5,5,x\n") == wanted);
  BOOST_TEST(header_mistake_in(std::string{statement_header} + ",more\n")
             == wanted);
}

BOOST_DATA_TEST_CASE(a_malformed_line_is_described,
                     boost::unit_test::data::make(malformed_lines)) {
  BOOST_TEST(mistake_in(sample.line) == sample.described);
}

BOOST_AUTO_TEST_CASE(reading_goes_on_after_a_malformed_line) {
  const auto rows = read_all(with_header("1,2024-01-31,7,deposit,5,5,x\n"
                                         "nothing\n"
                                         "2,2024-01-31,7,deposit,5,10,x\n"));
  BOOST_REQUIRE_EQUAL(rows.size(), 3U);
  BOOST_TEST(std::get<transaction>(rows[0]).line == 2U);
  BOOST_TEST(std::get<malformed_line>(rows[1]).line == 3U);
  BOOST_TEST(std::get<transaction>(rows[2]).line == 4U);
}

BOOST_AUTO_TEST_CASE(what_was_written_is_read_again) {
  cafes::test::seeded_random random{"statement"};
  const auto made = cafes::test::make_statement({300, 20}, random);
  const auto rows = read_all(made.text());
  BOOST_REQUIRE_EQUAL(rows.size(), made.rows.size());
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const auto& read = std::get<transaction>(rows[at]);
    const auto& wanted = made.rows[at];
    BOOST_TEST(read.id == wanted.id);
    BOOST_TEST(read.account == wanted.account);
    BOOST_TEST(read.amount.count() == wanted.amount);
    BOOST_TEST(read.balance.count() == wanted.balance);
    BOOST_TEST(read.description == wanted.description);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace bank
