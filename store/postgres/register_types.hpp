// SPDX-License-Identifier: MIT
#pragma once

#include "store/append.hpp"
#include "store/postgres/connection.hpp"

#include <cafes/detail/aggregate_type.hpp>

#include <span>
#include <vector>

namespace cafes::store::postgres {

/// Stores the event types that are new and gives the numbers of all, in order.
/// Nothing is stored if one has another shape than under its version before.
/// Throws what libpqxx throws. Errors: incompatible_schema.
[[nodiscard]] expected<std::vector<type_id>>
register_types(connection& on, std::span<const detail::event_type> types);

} // namespace cafes::store::postgres
