// SPDX-License-Identifier: MIT
#include "tests/support/people_view.hpp"
#include "tests/support/printing.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <thread>

namespace cafes::test {

namespace {

using texts = std::vector<std::string>;
using enum comparison;

people of(const texts& keys) {
  people made;
  for (const auto& key : keys)
    made[key];
  return made;
}

} // namespace

CAFES_STORE_TEST(pages_go_up_and_down_by_the_bytes_of_keys) {
  people_view view{under};
  texts sorted{" ",
               "-",
               "0",
               "10",
               "9",
               "A",
               "_",
               "a",
               "a ",
               "aa",
               "\xc3\xa4",
               "\xef\xbf\xbd",
               "\xf0\x9f\x90\x98",
               "\xf4\x8f\xbf\xbf"};
  view.put(of(sorted));
  for (const std::size_t limit : {1U, 2U, 5U, 14U, 15U}) {
    const view_query up{.limit = limit};
    BOOST_TEST(view.keys(up) == sorted, boost::test_tools::per_element());
  }
  std::reverse(sorted.begin(), sorted.end());
  for (const std::size_t limit : {1U, 3U, 14U}) {
    const view_query down{.descending = true, .limit = limit};
    BOOST_TEST(view.keys(down) == sorted, boost::test_tools::per_element());
  }
}

CAFES_STORE_TEST(a_page_says_where_to_go_on_only_when_there_is_more) {
  people_view view{under};
  view.put(of({"a", "b", "c"}));
  BOOST_TEST((must(view.query({.limit = 2})).more_after == "b"));
  BOOST_TEST(!must(view.query({.limit = 3})).more_after.has_value());
  BOOST_TEST(
    !must(view.query({.after_key = "b", .limit = 1})).more_after.has_value());
  const auto down
    = must(view.query({.after_key = "c", .descending = true, .limit = 1}));
  BOOST_TEST(down.documents.front().key == "b");
  BOOST_TEST((down.more_after == "b"));
}

CAFES_STORE_TEST(a_page_has_1_to_1000_documents) {
  people_view view{under};
  view.put_numbered(limits::page_documents_max + 1);
  const auto page = must(view.query({.limit = limits::page_documents_max}));
  BOOST_TEST(page.documents.size() == limits::page_documents_max);
  BOOST_TEST((page.more_after == "000999"));
  for (const std::size_t bad : {std::size_t{0}, limits::page_documents_max + 1})
    BOOST_TEST(fails_with(errc::limit_exceeded, view.query({.limit = bad}),
                          "1 to 1000"));
}

CAFES_STORE_TEST(bounds_of_keys_are_included) {
  people_view view{under};
  view.put(of({"a", "aa", "b", "b\x01", "ba", "c"}));
  const auto within = [&](std::string from, std::string to) {
    return view.keys(
      {.select = {.from_key = std::move(from), .to_key = std::move(to)}});
  };
  BOOST_TEST((within("aa", "b") == texts{"aa", "b"}));
  BOOST_TEST((within("", "b\x01") == texts{"a", "aa", "b", "b\x01"}));
  BOOST_TEST((within("b", "") == texts{"b", "b\x01", "ba", "c"}));
  BOOST_TEST((within("ab", "az").empty()));
  BOOST_TEST((within("c", "a").empty()));
  const view_query down{.select = {.from_key = "aa", .to_key = "ba"},
                        .descending = true,
                        .limit = 2};
  BOOST_TEST((view.keys(down) == texts{"ba", "b\x01", "b", "aa"}));
}

CAFES_STORE_TEST(a_prefix_selects_the_keys_that_begin_so) {
  people_view view{under};
  const std::string last = "\xf4\x8f\xbf\xbf";
  view.put(of({"4", "42", "42/2024-01", "42/2024-02", "42/" + last,
               "42/" + last + last, "420/2024-01", "43/2024-01"}));
  const auto begins = [&](std::string prefix) {
    return view.keys({.select = {.key_prefix = std::move(prefix)}});
  };
  BOOST_TEST(
    (begins("42/")
     == texts{"42/2024-01", "42/2024-02", "42/" + last, "42/" + last + last}));
  BOOST_TEST(
    (begins("42/" + last) == texts{"42/" + last, "42/" + last + last}));
  BOOST_TEST(begins("").size() == 8U);
  BOOST_TEST(begins("5").empty());
  BOOST_TEST((view.keys({.select = {.from_key = "42/2024-02",
                                    .to_key = "42/2025",
                                    .key_prefix = "42/"},
                         .descending = true})
              == texts{"42/2024-02"}));
}

CAFES_STORE_TEST(a_bound_that_is_no_key_is_refused) {
  const people_view view{under};
  const std::string longest(limits::key_bytes_max, 'x');
  BOOST_TEST(view.keys({.after_key = longest}).empty());
  const auto refused = [&](errc code, const std::string& bad) {
    BOOST_TEST(fails_with(code, view.query({.after_key = bad})));
    for (const auto& selected :
         {view_selection{.from_key = bad}, view_selection{.to_key = bad},
          view_selection{.key_prefix = bad}}) {
      BOOST_TEST(fails_with(code, view.query({.select = selected})));
      BOOST_TEST(fails_with(code, view.total(selected)));
    }
  };
  refused(errc::limit_exceeded, longest + "x");
  refused(errc::invalid_argument, "\xf0\x9f\x90");
  refused(errc::invalid_argument, std::string{"a\0b", 3});
}

CAFES_STORE_TEST(a_page_ends_after_as_many_as_may_be_looked_through) {
  people_view view{under};
  const auto scan_max = static_cast<std::int64_t>(limits::query_scan_max);
  view.put_numbered(static_cast<int>(scan_max) + 1);
  view_query asked{.select = {.where = {{"balance", equal, scan_max - 1}}}};
  auto page = must(view.query(asked));
  BOOST_REQUIRE(page.documents.size() == 1);
  BOOST_TEST(page.documents.front().key == "009999");
  BOOST_TEST((page.more_after == "009999"));
  asked.select.where = {{"balance", equal, scan_max}};
  page = must(view.query(asked));
  BOOST_TEST(page.documents.empty());
  BOOST_TEST((page.more_after == "009999"));
  asked.after_key = *page.more_after;
  page = must(view.query(asked));
  BOOST_REQUIRE(page.documents.size() == 1);
  BOOST_TEST(page.documents.front().key == "010000");
  BOOST_TEST(!page.more_after.has_value());
  asked = {.select = {.where = {{"balance", equal, 0}}}, .descending = true};
  page = must(view.query(asked));
  BOOST_TEST(page.documents.empty());
  BOOST_TEST((page.more_after == "000001"));
  BOOST_TEST((view.keys(asked) == texts{"000000"}));
}

CAFES_STORE_TEST(pages_stay_where_they_are_while_documents_come) {
  people_view view{under};
  view.put(of({"b", "d", "f"}));
  const auto first = must(view.query({.limit = 2}));
  view.put(of({"a", "c", "e"}));
  const auto second
    = must(view.query({.after_key = *first.more_after, .limit = 2}));
  BOOST_REQUIRE(second.documents.size() == 2);
  BOOST_TEST(second.documents[0].key == "e");
  BOOST_TEST(second.documents[1].key == "f");
}

CAFES_STORE_TEST(what_is_read_is_of_one_moment_with_its_checkpoint) {
  people_view view{under, people_view_with({"balance"})};
  view.put({{"a", {}}});
  const auto begin = view.at.value();
  std::jthread changing{[&] {
    for (int n = 0; n < 200; ++n) {
      person one;
      one.balance = view.at.value() - begin + 1;
      view.put({{"a", one}, {"b", one}});
    }
  }};
  const view_selection selected{.where = {{"balance", greater_equal, 0}}};
  for (std::int64_t seen = 0; seen < 200;) {
    const auto sum = must(view.total(selected, "balance"));
    seen = sum.checkpoint.value() - begin;
    BOOST_CHECK_EQUAL(sum.sum, 2 * seen);
    for (const auto& by : {view_selection{}, selected}) {
      const auto page = must(view.query({.select = by}));
      const auto balance = "\"balance\":"
                           + std::to_string(page.checkpoint.value() - begin)
                           + ",";
      for (auto data : page.documents) {
        std::erase(data.data, ' ');
        BOOST_CHECK_NE(data.data.find(balance), std::string::npos);
      }
    }
    const auto one = must(view.reader->find(view.view, "a"));
    auto data = one.document.value();
    std::erase(data, ' ');
    BOOST_CHECK_NE(
      data.find("\"balance\":" + std::to_string(one.checkpoint.value() - begin)
                + ","),
      std::string::npos);
  }
}

} // namespace cafes::test
