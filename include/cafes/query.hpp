// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cafes {

/// How a field of a document is compared.
enum class comparison {
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
};

/// "=", "!=", "<", "<=", ">" or ">="
[[nodiscard]] std::string_view to_string(comparison compare);

/// A bool, a whole number or a text. Strong types and enums are asked for by
/// the number that is stored.
using condition_value = std::variant<bool, std::int64_t, std::string>;

/// What a document has to have: `{"balance", comparison::less, 0}`.
/// Fields are those of the document, and those of records in it by a path,
/// "total.deposits"; their values are bools (equal and not_equal only), whole
/// numbers, compared exactly, or texts, compared by bytes. Lists and floating
/// point numbers cannot be asked for. A null meets no condition, not even
/// not_equal.
/// Limits: a text has at most limits::payload_bytes_max.
struct condition {
  std::string field{};
  comparison compare = comparison::equal;
  condition_value value{};
};

/// Documents that are asked for: all conditions hold, and the key lies within
/// the bounds, in byte order. An empty bound is none.
/// Limits: at most limits::query_conditions_max conditions.
struct view_selection {
  std::vector<condition> where{};
  /// The lowest and the highest key, both included.
  std::string from_key{};
  std::string to_key{};
  std::string key_prefix{};
};

/// A page of what is selected, in order of key.
struct view_query {
  view_selection select{};
  /// Where the page before ended, its view_page::more_after.
  std::string after_key{};
  bool descending = false;
  /// 1 to limits::page_documents_max.
  std::size_t limit = 100;
};

} // namespace cafes
