// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/store_under_test.hpp"

#include <cafes/detail/fields.hpp>
#include <cafes/query.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cafes::test {

/// A document with a field of each kind.
struct person {
  enum class mood : std::uint8_t { bad, fair, good };

  struct place {
    std::string town;
    std::int64_t floor = 0;
    CAFES_FIELDS(town, floor)
  };

  std::string name;
  std::int64_t balance = 0;
  std::uint64_t serial = 0;
  bool is_open = false;
  std::optional<std::int64_t> limit;
  mood mood_now = mood::fair;
  place home;
  std::optional<place> work;
  double height = 0;
  std::vector<int> marks;
  CAFES_FIELDS(name, balance, serial, is_open, limit, mood_now, home, work,
               height, marks)
};

using people = std::map<std::string, person>;

/// "people v1" with these fields indexed.
[[nodiscard]] store::view_identity
people_view_with(std::vector<std::string> indexed, int version = 1);

/// A claimed view of people in a store, and a reader of it.
struct people_view {
  explicit people_view(store_under_test& under,
                       store::view_identity wanted = people_view_with({}));

  void put(const people& more);
  /// Documents of that many keys, "000000" and up, whose balance is the number.
  void put_numbered(int count);

  [[nodiscard]] expected<store::view_reader::page>
  query(const view_query& asked) const;

  /// The keys of all pages; throws if a page is too long.
  [[nodiscard]] std::vector<std::string> keys(view_query asked) const;
  /// The same for one condition or more.
  [[nodiscard]] std::vector<std::string>
  where(std::vector<condition> conditions) const;

  [[nodiscard]] expected<store::view_reader::totals>
  total(const view_selection& selected, const std::string& summed = "") const;

  store::view_identity view;
  std::unique_ptr<store::view_writer> writer;
  std::unique_ptr<store::view_reader> reader;
  position at;
};

} // namespace cafes::test
