// SPDX-License-Identifier: MIT
#pragma once

#include "store/checked_query.hpp"
#include "store/selected_document.hpp"
#include "store/view_session.hpp"

#include <cstddef>
#include <string>

namespace cafes::store {

/// Makes a page of documents that are shown to it in the order of the query.
/// The query must outlive it. Thread: one at a time.
class page_walk {
public:
  explicit page_walk(const checked_query& asked) : asked_{asked} {}

  /// Takes the document if it is asked for. Whether to go on: no if there are
  /// enough, or enough were looked through. Errors: corrupt.
  [[nodiscard]] expected<bool> show(const std::string& key,
                                    const std::string& data);

  [[nodiscard]] view_reader::page page_at(position checkpoint) &&;

private:
  const checked_query& asked_;
  view_reader::page page_;
  std::size_t looked_through_ = 0;
};

/// Counts and sums documents that are shown to it. What is asked for must
/// outlive it. Thread: one at a time.
class total_walk {
public:
  explicit total_walk(const checked_total& asked) : asked_{asked} {}

  /// Errors: corrupt.
  [[nodiscard]] expected<void> show(const std::string& key,
                                    const std::string& data);

  /// Errors: limit_exceeded (the sum is beyond 64 bits).
  [[nodiscard]] expected<view_reader::totals>
  totals_at(position checkpoint) const;

private:
  const checked_total& asked_;
  std::int64_t documents_ = 0;
  wide_sum sum_ = 0;
};

/// The error of a sum that does not fit.
[[nodiscard]] unexpected<error>
sum_too_large(const detail::document_field& summed);

/// The error of a view whose stored shape is not this program's.
[[nodiscard]] unexpected<error> other_shape(const view_identity& view);

} // namespace cafes::store
