// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/connection.hpp"
#include "store/view_identity.hpp"

#include <cafes/detail/document_field.hpp>

#include <string>
#include <vector>

namespace cafes::store::postgres {

/// The statements that has_index and make_indexes need.
[[nodiscard]] std::vector<sql::embedded> index_statements();

/// The value of a field in a document, NULL for a null.
[[nodiscard]] std::string value_of(const detail::document_field& field);

/// What an index of the field holds: the value, or the beginning of a text, so
/// that no document is too large for its index.
[[nodiscard]] std::string indexed_value_of(const detail::document_field& field);

/// Characters of that beginning.
inline constexpr int indexed_characters = 255;

/// Whether a view has the index of an indexed field. Throws what libpqxx
/// throws.
[[nodiscard]] bool has_index(connection& on, const view_identity& view,
                             const std::string& field);

/// Makes the indexes of a view that are not there. Its documents can be read
/// meanwhile, but not written. Throws what libpqxx throws.
void make_indexes(connection& on, const view_identity& view);

} // namespace cafes::store::postgres
