// SPDX-License-Identifier: MIT
#include "tests/support/people_view.hpp"
#include "tests/support/printing.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <limits>
#include <set>
#include <stdexcept>
#include <utility>

// Whatever is stored, indexed and asked for, every backend finds what a plain
// look at each document finds.

namespace cafes::test {

namespace {

using wide = long double; // exact for 64 bits, signed or not
static_assert(std::numeric_limits<wide>::digits >= 64);

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto most = std::numeric_limits<std::int64_t>::max();

const std::vector<std::int64_t>& numbers() {
  static const std::vector<std::int64_t> some{
    least, -2, -1, 0, 1, 2, (std::int64_t{1} << 53) + 1, most};
  return some;
}

/// Also such that only differ where an index does not look any more.
const std::vector<std::string>& words() {
  static const std::vector<std::string> some{"",
                                             "a",
                                             "aa",
                                             "b",
                                             "'",
                                             "\xc3\xa4",
                                             "\xf0\x9f\x90\x98",
                                             std::string(255, 'x'),
                                             std::string(255, 'x') + "a",
                                             std::string(255, 'x') + "b",
                                             std::string(4000, 'x')};
  return some;
}

const std::vector<std::string>& bounds() {
  static const std::vector<std::string> some{"",     "k",  "k0", "k17",
                                             "k17 ", "k3", "k4", "l"};
  return some;
}

template <class Value>
Value one_of_these(const std::vector<Value>& values) {
  return *rc::gen::elementOf(values);
}

person::place any_place() {
  return {one_of_these(words()), one_of_these(numbers())};
}

person any_person() {
  person made;
  made.name = one_of_these(words());
  made.balance = one_of_these(numbers());
  made.serial = static_cast<std::uint64_t>(one_of_these(numbers()));
  made.is_open = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>())
    made.limit = one_of_these(numbers());
  made.mood_now = static_cast<person::mood>(*rc::gen::inRange(0, 3));
  made.home = any_place();
  if (*rc::gen::arbitrary<bool>())
    made.work = any_place();
  return made;
}

people any_people() {
  people made;
  const auto count = *rc::gen::inRange(0, 40);
  for (int n = 0; n < count; ++n)
    made["k" + std::to_string(*rc::gen::inRange(0, 50))] = any_person();
  return made;
}

const std::vector<std::string>& number_fields() {
  static const std::vector<std::string> some{
    "balance", "serial", "limit", "mood_now", "home.floor", "work.floor"};
  return some;
}

const std::vector<std::string>& text_fields() {
  static const std::vector<std::string> some{"name", "home.town", "work.town"};
  return some;
}

condition any_condition() {
  const auto compare = static_cast<comparison>(*rc::gen::inRange(0, 6));
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      return {"is_open",
              *rc::gen::arbitrary<bool>() ? comparison::equal
                                          : comparison::not_equal,
              *rc::gen::arbitrary<bool>()};
    case 1:
    case 2:
      return {one_of_these(text_fields()), compare, one_of_these(words())};
    default:
      return {one_of_these(number_fields()), compare, one_of_these(numbers())};
  }
}

view_query any_query() {
  view_query made;
  const auto count = *rc::gen::inRange(0, 4);
  for (int n = 0; n < count; ++n)
    made.select.where.push_back(any_condition());
  made.select.from_key = one_of_these(bounds());
  made.select.to_key = one_of_these(bounds());
  made.select.key_prefix = *rc::gen::element<std::string>("", "", "k", "k1");
  made.descending = *rc::gen::arbitrary<bool>();
  made.limit = static_cast<std::size_t>(*rc::gen::inRange(1, 12));
  return made;
}

std::vector<std::string> any_indexed() {
  std::vector<std::string> all{"is_open", "name", "work.town"};
  all.insert(all.end(), number_fields().begin(), number_fields().end());
  std::erase_if(all, [](const auto&) { return *rc::gen::inRange(0, 3) > 0; });
  if (all.size() > limits::indexed_fields_max)
    all.resize(limits::indexed_fields_max);
  return all;
}

// -- the plain look -----------------------------------------------------------

std::optional<wide> number_in(const person& one, const std::string& field) {
  if (field == "balance")
    return one.balance;
  if (field == "serial")
    return one.serial;
  if (field == "mood_now")
    return static_cast<wide>(one.mood_now);
  if (field == "home.floor")
    return one.home.floor;
  if (field == "limit")
    return one.limit ? std::optional<wide>{*one.limit} : std::nullopt;
  if (field == "work.floor")
    return one.work ? std::optional<wide>{one.work->floor} : std::nullopt;
  throw std::logic_error{"no number " + field};
}

std::optional<std::string> text_in(const person& one,
                                   const std::string& field) {
  if (field == "name")
    return one.name;
  if (field == "home.town")
    return one.home.town;
  return one.work ? std::optional{one.work->town} : std::nullopt;
}

template <class Value>
bool compares(const std::optional<Value>& left, comparison compare,
              const Value& right) {
  if (!left)
    return false;
  switch (compare) {
    case comparison::equal:
      return *left == right;
    case comparison::not_equal:
      return *left != right;
    case comparison::less:
      return *left < right;
    case comparison::less_equal:
      return *left <= right;
    case comparison::greater:
      return *left > right;
    case comparison::greater_equal:
      return *left >= right;
  }
  return false;
}

bool meets(const person& one, const condition& asked) {
  if (const auto* truth = std::get_if<bool>(&asked.value))
    return compares(std::optional{one.is_open}, asked.compare, *truth);
  if (const auto* number = std::get_if<std::int64_t>(&asked.value))
    return compares(number_in(one, asked.field), asked.compare, wide(*number));
  return compares(text_in(one, asked.field), asked.compare,
                  std::get<std::string>(asked.value));
}

people selected_of(const people& all, const view_selection& by) {
  people found;
  for (const auto& [key, one] : all)
    if (key >= by.from_key && (by.to_key.empty() || key <= by.to_key)
        && key.starts_with(by.key_prefix)
        && std::all_of(by.where.begin(), by.where.end(),
                       [&, &person = one](const auto& asked) {
                         return meets(person, asked);
                       }))
      found[key] = one;
  return found;
}

// -- both ---------------------------------------------------------------------

void check_query(const people_view& view, const people& all,
                 const view_query& asked) {
  std::vector<std::string> expected;
  for (const auto& [key, one] : selected_of(all, asked.select))
    expected.push_back(key);
  if (asked.descending)
    std::reverse(expected.begin(), expected.end());
  RC_ASSERT(view.keys(asked) == expected);
}

void check_total(const people_view& view, const people& all,
                 const view_selection& by, const std::string& summed) {
  const auto expected = selected_of(all, by);
  wide sum = 0;
  // Added in an order that stays within what is exact.
  std::multiset<wide> left;
  for (const auto& [key, one] : expected)
    left.insert(number_in(one, summed).value_or(0));
  while (!left.empty()) {
    const auto next = sum > 0 ? left.begin() : std::prev(left.end());
    sum += *next;
    left.erase(next);
  }
  const auto found = view.total(by, summed);
  if (sum > wide(most) || sum < wide(least)) {
    RC_ASSERT(!found && found.error().code == errc::limit_exceeded);
    return;
  }
  RC_ASSERT(must(found).documents == std::ssize(expected));
  RC_ASSERT(wide(found->sum) == sum);
}

} // namespace

CAFES_STORE_TEST(any_query_finds_what_a_plain_look_finds) {
  int version = 0;
  BOOST_TEST(rc::check("queries", [&] {
    people_view view{under, people_view_with(any_indexed(), ++version)};
    const auto all = any_people();
    view.put(all);
    for (int n = 0; n < 5; ++n) {
      const auto asked = any_query();
      check_query(view, all, asked);
      check_total(view, all, asked.select, one_of_these(number_fields()));
    }
  }));
}

} // namespace cafes::test
