// SPDX-License-Identifier: MIT
#pragma once

#include "store/checked_query.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cafes::store::postgres {

/// A statement made for one question, with its binds as texts. Names of fields
/// are in its text; values never are.
struct made_statement {
  std::string text;
  std::vector<std::string> binds;
};

/// How conditions are looked up. The planner would have to guess how many
/// documents meet a condition, and might walk all of a view for a page: the
/// statements leave it one index to walk.
class view_plan {
public:
  view_plan(const view_identity& view, const checked_selection& selected);

  enum class way {
    /// Through the documents in order of key.
    by_key,
    /// Through those of one value of an indexed field, in order of key.
    by_value,
    /// Through those of a range of values, if they are few.
    by_range,
  };

  /// What serves the conditions best.
  [[nodiscard]] way best() const;

  /// Counts the documents that go by_range, up to a number.
  [[nodiscard]] made_statement count_indexed(std::size_t most) const;

  [[nodiscard]] made_statement query(const checked_query& asked,
                                     way taken) const;

  [[nodiscard]] made_statement total(const checked_total& asked) const;

private:
  /// The conditions that an index serves.
  struct driver {
    detail::document_field field;
    std::vector<checked_condition> conditions;
    bool is_value = false;
  };

  void choose();
  [[nodiscard]] std::vector<std::string>
  first_binds(const key_interval& keys) const;
  [[nodiscard]] std::string where(std::vector<std::string>& binds) const;
  [[nodiscard]] std::string range(std::vector<std::string>& binds) const;

  const view_identity& view_;
  const checked_selection& selected_;
  std::optional<driver> driver_;
};

} // namespace cafes::store::postgres
