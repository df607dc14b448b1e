// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/store_under_test.hpp"

#include <cafes/parked.hpp>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace cafes {

std::ostream& operator<<(std::ostream& out, const parked_event& shown);

} // namespace cafes

namespace cafes::test {

/// An event parked because its handler threw.
[[nodiscard]] parked_event parked_at(std::int64_t at, const std::string& key);

/// A claimed view of a store, and an operator of it in another session.
struct parking_view {
  explicit parking_view(store_under_test& under,
                        store::view_identity wanted = {"sums", 1, "{}"});

  /// One commit from where the view is.
  [[nodiscard]] expected<void> commit(const std::vector<parked_event>& parked,
                                      const std::vector<position>& released,
                                      std::int64_t steps = 0);
  void park(const std::vector<parked_event>& events);

  /// All that is parked, and all of it that has a wish.
  [[nodiscard]] std::vector<parked_event> parked() const;
  [[nodiscard]] std::vector<parked_event> wished() const;

  store::view_identity view;
  std::unique_ptr<store::view_writer> writer;
  std::unique_ptr<store::view_operator> control;
  position at;
};

} // namespace cafes::test
