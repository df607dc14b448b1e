// SPDX-License-Identifier: MIT
#pragma once

#include "store/checked_query.hpp"

#include <cafes/expected.hpp>

#include <rapidjson/document.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cafes::store {

/// Sums of whole numbers: 64 bits times any count.
__extension__ using wide_sum = __int128;

/// A stored document that is looked into: the conditions of a query as the
/// backends without SQL for them see it, and those with SQL have to.
/// The text must outlive it. Thread: one at a time.
class selected_document {
public:
  /// Errors: corrupt (the text is not JSON).
  [[nodiscard]] static expected<selected_document> read(const std::string& key,
                                                        std::string_view data);

  /// Whether all conditions hold. Errors: corrupt (a field is not of its
  /// type).
  [[nodiscard]] expected<bool>
  meets(const std::vector<checked_condition>& where) const;

  /// A whole number, 0 for null. Errors: corrupt.
  [[nodiscard]] expected<wide_sum>
  number(const detail::document_field& field) const;

private:
  explicit selected_document(std::string key) : key_{std::move(key)} {}

  [[nodiscard]] const rapidjson::Value*
  find(const detail::document_field& field) const;
  [[nodiscard]] expected<bool> meets(const checked_condition& one) const;
  [[nodiscard]] unexpected<error>
  unlike(const detail::document_field& field) const;

  std::string key_;
  rapidjson::Document inside_;
};

} // namespace cafes::store
