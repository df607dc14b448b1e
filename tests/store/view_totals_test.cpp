// SPDX-License-Identifier: MIT
#include "tests/support/people_view.hpp"
#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

namespace cafes::test {

namespace {

using enum comparison;

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto most = std::numeric_limits<std::int64_t>::max();

people with_balances(const std::vector<std::int64_t>& balances) {
  people made;
  for (const auto balance : balances)
    made[std::to_string(made.size())].balance = balance;
  return made;
}

} // namespace

CAFES_STORE_TEST(documents_are_counted_and_summed) {
  people_view view{under};
  view.put(with_balances({5, -3, 0, 10}));
  const auto all = must(view.total({}, "balance"));
  BOOST_TEST(all.documents == 4);
  BOOST_TEST(all.sum == 12);
  BOOST_TEST(all.checkpoint == view.at);
  const auto some
    = must(view.total({.where = {{"balance", greater, 0}}}, "balance"));
  BOOST_TEST(some.documents == 2);
  BOOST_TEST(some.sum == 15);
}

CAFES_STORE_TEST(nothing_is_a_count_and_a_sum_of_zero) {
  people_view view{under};
  for (const auto* summed : {"", "balance", "limit", "serial"}) {
    const auto none = must(view.total({}, summed));
    BOOST_TEST(none.documents == 0);
    BOOST_TEST(none.sum == 0);
    BOOST_TEST(none.checkpoint == position{0});
  }
}

CAFES_STORE_TEST(a_total_keeps_to_the_bounds_of_keys) {
  people_view view{under};
  view.put_numbered(20);
  const auto found = must(view.total({.where = {{"balance", not_equal, 7}},
                                      .from_key = "000005",
                                      .to_key = "000012",
                                      .key_prefix = "00000"},
                                     "balance"));
  BOOST_TEST(found.documents == 4);
  BOOST_TEST(found.sum == 5 + 6 + 8 + 9);
}

CAFES_STORE_TEST(nulls_are_counted_but_add_nothing) {
  people_view view{under};
  people some;
  some["a"].limit = 4;
  some["b"];
  some["c"].work = person::place{"Ghent", -6};
  view.put(some);
  auto found = must(view.total({}, "limit"));
  BOOST_TEST(found.documents == 3);
  BOOST_TEST(found.sum == 4);
  BOOST_TEST(must(view.total({}, "work.floor")).sum == -6);
}

CAFES_STORE_TEST(a_sum_may_reach_the_ends_of_64_bits_and_not_one_further) {
  {
    people_view view{under, people_view_with({}, 1)};
    view.put(with_balances({most, -1, 1}));
    BOOST_TEST(must(view.total({}, "balance")).sum == most);
    view.put({{"more", with_balances({1}).begin()->second}});
    BOOST_TEST(fails_with(errc::limit_exceeded, view.total({}, "balance"),
                          "the sum of balance does not fit"));
    BOOST_TEST(must(view.total({})).documents == 4);
  }
  people_view view{under, people_view_with({}, 2)};
  view.put(with_balances({least, 1, -1}));
  BOOST_TEST(must(view.total({}, "balance")).sum == least);
  view.put({{"more", with_balances({-1}).begin()->second}});
  BOOST_TEST(fails_with(errc::limit_exceeded, view.total({}, "balance")));
}

CAFES_STORE_TEST(a_sum_that_leaves_64_bits_on_its_way_is_exact) {
  people_view view{under};
  view.put(with_balances({most, most, most, least, least, least, 17}));
  BOOST_TEST(must(view.total({}, "balance")).sum == 14);
}

CAFES_STORE_TEST(natural_numbers_are_summed_exactly) {
  people_view view{under};
  people some;
  some["a"].serial = std::numeric_limits<std::uint64_t>::max();
  some["b"].serial = std::uint64_t{most};
  view.put(some);
  BOOST_TEST(fails_with(errc::limit_exceeded, view.total({}, "serial")));
  BOOST_TEST(must(view.total({.from_key = "b"}, "serial")).sum == most);
}

CAFES_STORE_TEST(only_whole_numbers_are_summed) {
  people_view view{under};
  for (const auto* field : {"name", "is_open", "home.town"})
    BOOST_TEST(fails_with(errc::invalid_argument, view.total({}, field),
                          "no whole number to sum"));
  for (const auto* field : {"height", "marks", "home", "blance"})
    BOOST_TEST(fails_with(errc::invalid_argument, view.total({}, field),
                          "cannot be asked for"));
  BOOST_TEST(must(view.total({}, "mood_now")).sum == 0);
}

CAFES_STORE_TEST(a_total_has_no_bound_of_documents) {
  people_view view{under};
  view.put_numbered(10'500);
  const auto found
    = must(view.total({.where = {{"balance", less, 10'400}}}, "balance"));
  BOOST_TEST(found.documents == 10'400);
  BOOST_TEST(found.sum == 10'399LL * 10'400 / 2);
}

} // namespace cafes::test
