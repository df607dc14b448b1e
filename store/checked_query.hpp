// SPDX-License-Identifier: MIT
#pragma once

#include "store/view_identity.hpp"

#include <cafes/detail/document_field.hpp>
#include <cafes/expected.hpp>
#include <cafes/query.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cafes::store {

/// A condition on a field that the view has, with a value of its type.
struct checked_condition {
  detail::document_field field;
  comparison compare = comparison::equal;
  condition_value value;
};

/// Keys in byte order: `from` is one, `below` is none of them.
struct key_interval {
  std::string from;
  std::string below;

  [[nodiscard]] bool is_empty() const { return from >= below; }
};

/// A view_selection that every backend can do without looking again.
struct checked_selection {
  key_interval keys;
  std::vector<checked_condition> where;
};

struct checked_query {
  checked_selection select;
  bool descending = false;
  std::size_t limit = 0;
};

/// Errors of all: invalid_argument, limit_exceeded.
[[nodiscard]] expected<checked_selection>
check_selection(const view_identity& view, const view_selection& selected);

[[nodiscard]] expected<checked_query> check_query(const view_identity& view,
                                                  const view_query& asked);

/// A selection, and the field that is summed over it if one is.
struct checked_total {
  checked_selection select;
  std::optional<detail::document_field> summed;
};

/// Without a field's name there is no sum. It must be a whole number.
[[nodiscard]] expected<checked_total>
check_total(const view_identity& view, const view_selection& selected,
            const std::string& summed);

} // namespace cafes::store
