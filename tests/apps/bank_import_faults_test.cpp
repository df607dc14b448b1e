// SPDX-License-Identifier: MIT
#include "tests/support/bank_program.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/statement_file.hpp"

#include <boost/test/unit_test.hpp>

// What an import makes of a statement with faults. The store is in memory, for
// nothing of this depends on it.

namespace cafes::test {

namespace {

struct import_of_text {
  scratch_folder folder;
  std::string path = folder.path() + "/statement.csv";

  child_end operator()(const std::string& text,
                       const std::vector<std::string>& more = {}) const {
    write_file(path, text);
    std::vector<std::string> command{"import", path, "--store", "memory:"};
    command.insert(command.end(), more.begin(), more.end());
    return bank(command);
  }

  child_end of_rows(const std::string& rows,
                    const std::vector<std::string>& more = {}) const {
    return (*this)(statement_header + ("\n" + rows), more);
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(import_faults)

BOOST_FIXTURE_TEST_CASE(a_refused_row_is_named_and_the_import_goes_on,
                        import_of_text) {
  const auto ended = of_rows("1,2024-01-31,7,deposit,100,100,in\n"
                             "2,2024-01-31,7,withdrawal,1101,-1001,too much\n"
                             "3,2024-01-31,7,withdrawal,1100,-1000,just so\n"
                             "4,2024-01-31,7,withdrawal,1,-1001,too much\n"
                             "5,2024-01-31,8,deposit,5,5,in\n",
                             {"--overdraft", "1000"});
  BOOST_TEST(ends_with(1, ended,
                       path
                         + ": line 3: refused: "
                           "insufficient_funds\n"));
  BOOST_TEST(ends_with(1, ended,
                       path
                         + ": line 5: refused: "
                           "insufficient_funds\n"));
  const auto printed = summary_in(ended);
  BOOST_TEST(printed.accepted == 3);
  BOOST_TEST(printed.refused == 2);
  BOOST_TEST(printed.sum == -995);
}

BOOST_FIXTURE_TEST_CASE(balances_that_differ_from_the_file_are_counted,
                        import_of_text) {
  const auto printed = summary_in(of_rows("1,2024-01-31,7,deposit,5,5,x\n"
                                          "2,2024-01-31,8,deposit,5,6,x\n"));
  BOOST_TEST(printed.agreeing == 1);
  BOOST_TEST(printed.stated == 2);
}

BOOST_FIXTURE_TEST_CASE(malformed_lines_are_named_and_the_rest_is_imported,
                        import_of_text) {
  const auto ended = of_rows("1,2024-01-31,7,deposit,5,5,x\n"
                             "2,2024-01-31,7,deposit,many,5,x\n"
                             "\n"
                             "3,2024-13-31,7,deposit,5,5,x\n"
                             "4,2024-01-31,7,deposit,5,10,x\n");
  BOOST_TEST(ends_with(65, ended,
                       path
                         + ": line 3, column 24: expected a "
                           "positive whole number of cents\n"));
  BOOST_TEST(ends_with(65, ended,
                       path
                         + ": line 5, column 3: expected a date "
                           "as 1993-01-31\n"));
  const auto printed = summary_in(ended);
  BOOST_TEST(printed.accepted == 2);
  BOOST_TEST(printed.sum == 10);
}

BOOST_FIXTURE_TEST_CASE(malformed_lines_outweigh_refused_rows, import_of_text) {
  BOOST_TEST(ends_with(65, of_rows("1,2024-01-31,7,withdrawal,5,-5,x\n"
                                   "nothing\n",
                                   {"--overdraft", "0"})));
}

BOOST_FIXTURE_TEST_CASE(an_id_that_stands_for_another_row_is_named,
                        import_of_text) {
  const auto ended = of_rows("1,2024-01-31,7,deposit,5,5,x\n"
                             "1,2024-01-31,7,deposit,6,11,x\n"
                             "2,2024-01-31,7,deposit,5,16,x\n");
  BOOST_TEST(
    ends_with(65, ended, path + ": line 3: left out: command_id_reused"));
  const auto printed = summary_in(ended);
  BOOST_TEST(printed.accepted == 2);
  BOOST_TEST(printed.sum == 10);
}

BOOST_FIXTURE_TEST_CASE(a_row_that_stands_twice_is_imported_once,
                        import_of_text) {
  const auto ended = of_rows("1,2024-01-31,7,deposit,5,5,x\n"
                             "1,2024-01-31,7,deposit,5,5,x\n");
  BOOST_TEST(ends_with(0, ended));
  BOOST_TEST(summary_in(ended).accepted == 1);
  BOOST_TEST(summary_in(ended).repeated == 1);
}

BOOST_FIXTURE_TEST_CASE(text_that_is_not_utf_8_is_named, import_of_text) {
  const auto ended = of_rows("1,2024-01-31,7,deposit,5,5,caf\xe9\n"
                             "2,2024-01-31,k\xe9y,deposit,5,5,x\n"
                             "3,2024-01-31,7,deposit,5,5,caf\xc3\xa9\n");
  BOOST_TEST(ends_with(65, ended, path + ": line 2: left out: "));
  BOOST_TEST(ends_with(65, ended, path + ": line 3: left out: "));
  BOOST_TEST(summary_in(ended).accepted == 1);
}

BOOST_FIXTURE_TEST_CASE(a_wrong_header_is_refused, import_of_text) {
  const auto ended = (*this)("1,2024-01-31,7,deposit,5,5,x\n");
  BOOST_TEST(ends_with(65, ended,
                       path
                         + ": line 1, column 1: expected the "
                           "header transaction_id,date,"));
  BOOST_TEST(ended.out == "");
}

BOOST_FIXTURE_TEST_CASE(an_empty_file_is_refused, import_of_text) {
  BOOST_TEST(
    ends_with(65, (*this)(""), "line 1, column 1: expected the header "));
}

BOOST_FIXTURE_TEST_CASE(a_statement_without_rows_is_imported, import_of_text) {
  const auto ended = of_rows("");
  BOOST_TEST(ends_with(0, ended));
  BOOST_TEST(ended.out.starts_with("accounts         0\n"));
}

BOOST_FIXTURE_TEST_CASE(files_of_other_systems_are_imported, import_of_text) {
  const statement few{{{"1", "2024-01-31", "7", true, 5, 5, "a, \"b\""},
                       {"2", "2024-01-31", "7", false, 2, 3, "x"}}};
  const auto windows = few.text("\r\n");
  auto unended = few.text();
  unended.pop_back();
  for (const auto& text : {windows, unended, "\xef\xbb\xbf" + few.text()}) {
    const auto ended = (*this)(text);
    BOOST_TEST(ends_with(0, ended));
    BOOST_TEST(summary_in(ended).accepted == 2);
    BOOST_TEST(summary_in(ended).sum == 3);
    BOOST_TEST(summary_in(ended).agreeing == 1);
  }
}

BOOST_FIXTURE_TEST_CASE(a_file_that_cannot_be_read_is_named, import_of_text) {
  for (const auto& name : {folder.path() + "/missing.csv", folder.path()}) {
    const auto ended = bank({"import", name, "--store", "memory:"});
    BOOST_TEST(ends_with(65, ended, name + ": cannot be read\n"));
    BOOST_TEST(ended.out == "");
  }
}

BOOST_FIXTURE_TEST_CASE(a_limit_that_is_no_number_is_wrong_usage,
                        import_of_text) {
  for (const auto* limit : {"-1", "many", "1.5", ""})
    BOOST_TEST(ends_with(64, of_rows("", {"--overdraft", limit}),
                         "--overdraft: expected a whole number of cents from "
                         "0, got \""
                           + std::string{limit} + "\""));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
