// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>
#include <cafes/query.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace cafes::detail {

/// What conditions and sums can go by.
enum class field_kind {
  boolean,
  /// Fits std::int64_t.
  whole,
  /// A std::uint64_t, which may not.
  natural,
  text,
};

/// A field of a document whose shape has it.
struct document_field {
  /// From the outside in, each `[A-Za-z_][A-Za-z0-9_]*`.
  std::vector<std::string> path;
  field_kind kind = field_kind::whole;

  bool operator==(const document_field&) const = default;
};

/// The field of this name, "balance" or "total.deposits", in documents of a
/// shape. Errors: invalid_argument (there is none that can be asked for; the
/// message names those that can).
[[nodiscard]] expected<document_field> find_field(std::string_view shape,
                                                  std::string_view name);

/// "total.deposits"
[[nodiscard]] std::string name_of(const document_field& field);

} // namespace cafes::detail
