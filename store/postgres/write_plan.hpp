// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"
#include "store/postgres/connection.hpp"

namespace cafes::store::postgres {

/// Writes a plan in one transaction that ends with the server's answer, the
/// shortest way there is: few events by a prepared INSERT (one round trip),
/// many, or new streams with their events, by COPY.
[[nodiscard]] write_result write_plan(connection& on, const append_plan& plan);

} // namespace cafes::store::postgres
