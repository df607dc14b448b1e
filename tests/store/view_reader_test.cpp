// SPDX-License-Identifier: MIT
#include "tests/support/printing.hpp"
#include "tests/support/store_under_test.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

using store::keyed_document;
using store::view_identity;

const view_identity balances{"balances", 1, "{n:int64}"};

struct view_under_test {
  explicit view_under_test(store_under_test& under)
    : writer{must(under.store().open_view_writer(balances))},
      reader{must(under.store().open_view_reader())} {
    BOOST_REQUIRE(must(writer->claim()).has_value());
  }

  void put(const std::vector<std::string>& keys) {
    std::vector<keyed_document> documents;
    for (const auto& key : keys)
      documents.push_back({key, "1"});
    must(writer->commit({at, at.next(), documents, {}, {}}));
    at = at.next();
  }

  [[nodiscard]] std::vector<std::string> list(const std::string& after,
                                              std::size_t limit) const {
    const view_query asked{.after_key = after, .limit = limit};
    std::vector<std::string> keys;
    for (const auto& document : must(reader->query(balances, asked)).documents)
      keys.push_back(document.key);
    return keys;
  }

  position at;
  std::unique_ptr<store::view_writer> writer;
  std::unique_ptr<store::view_reader> reader;
};

using texts = std::vector<std::string>;

} // namespace

CAFES_STORE_TEST(a_document_is_found_by_its_key) {
  view_under_test view{under};
  const std::vector<keyed_document> changed{{"1", "[true]"}};
  must(view.writer->commit({position{0}, position{3}, changed, {}, {}}));
  const auto found = must(view.reader->find(balances, "1"));
  BOOST_TEST((found.document == "[true]"));
  BOOST_TEST(found.checkpoint == position{3});
  const auto none = must(view.reader->find(balances, "2"));
  BOOST_TEST(!none.document.has_value());
  BOOST_TEST(none.checkpoint == position{3});
}

CAFES_STORE_TEST(a_reader_sees_a_commit_at_once) {
  view_under_test view{under};
  for (std::int64_t n = 1; n <= 5; ++n) {
    const std::vector<keyed_document> changed{{"1", std::to_string(n)}};
    must(view.writer->commit({position{n - 1}, position{n}, changed, {}, {}}));
    BOOST_TEST(must(view.reader->checkpoint(balances)) == position{n});
    const auto found = must(view.reader->find(balances, "1"));
    BOOST_TEST((found.document == std::to_string(n)));
    BOOST_TEST(found.checkpoint == position{n});
  }
}

CAFES_STORE_TEST(documents_are_listed_in_byte_order_of_their_keys) {
  view_under_test view{under};
  const texts sorted{" ",  "\"", "'",        "-",
                     "0",  "10", "9",        "A",
                     "B",  "_",  "a",        "a ",
                     "aa", "b",  "\xc3\xa4", "\xf0\x9f\x90\x98"};
  view.put({sorted.rbegin(), sorted.rend()});
  BOOST_TEST(view.list("", 100) == sorted, boost::test_tools::per_element());
}

CAFES_STORE_TEST(documents_are_listed_page_by_page) {
  view_under_test view{under};
  view.put({"e", "d", "c", "b", "a"});
  BOOST_TEST((view.list("", 2) == texts{"a", "b"}));
  BOOST_TEST((view.list("b", 2) == texts{"c", "d"}));
  BOOST_TEST((view.list("d", 2) == texts{"e"}));
  BOOST_TEST((view.list("e", 2) == texts{}));
  BOOST_TEST((view.list("bb", 1) == texts{"c"}));
}

CAFES_STORE_TEST(a_page_holds_1000_documents) {
  view_under_test view{under};
  texts keys;
  for (std::size_t n = 0; n < limits::page_documents_max + 1; ++n)
    keys.push_back("key " + std::to_string(100'000 + n));
  view.put({keys.begin(), keys.end() - 1});
  view.put({keys.back()});
  const auto page = view.list("", limits::page_documents_max);
  BOOST_TEST(page.size() == limits::page_documents_max);
  BOOST_TEST(
    (view.list(page.back(), limits::page_documents_max) == texts{keys.back()}));
}

CAFES_STORE_TEST(a_page_says_up_to_where_the_view_is_applied) {
  view_under_test view{under};
  view.put({"a"});
  view.put({"b"});
  BOOST_TEST(must(view.reader->query(balances, {})).checkpoint == position{2});
}

CAFES_STORE_TEST(a_view_that_nobody_has_made_is_not_there) {
  const auto reader = must(under.store().open_view_reader());
  BOOST_TEST(fails_with(errc::invalid_argument, reader->checkpoint(balances)));
  BOOST_TEST(fails_with(errc::invalid_argument, reader->find(balances, "1")));
  BOOST_TEST(fails_with(errc::invalid_argument, reader->query(balances, {})));
}

CAFES_STORE_TEST(a_reader_sees_a_view_made_after_it_was_opened) {
  const auto reader = must(under.store().open_view_reader());
  BOOST_TEST(fails_with(errc::invalid_argument, reader->checkpoint(balances)));
  view_under_test view{under};
  BOOST_TEST(must(reader->checkpoint(balances)) == position{0});
  BOOST_TEST(must(reader->query(balances, {})).documents.empty());
}

CAFES_STORE_TEST(a_view_of_any_bad_name_is_refused_to_readers_too) {
  const auto reader = must(under.store().open_view_reader());
  const view_identity bad{"a'; DROP TABLE events; --", 1, "{}"};
  BOOST_TEST(fails_with(errc::invalid_argument, reader->checkpoint(bad)));
  BOOST_TEST(fails_with(errc::invalid_argument, reader->find(bad, "1")));
  BOOST_TEST(fails_with(errc::invalid_argument, reader->query(bad, {})));
}

} // namespace cafes::test
