// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/definition.hpp>

#include <vector>

namespace cafes::actors {

/// The event types of a service, each once.
/// Errors: invalid_argument (a name is used twice or has the wrong form; a
/// projection or a reactor follows an event that no aggregate makes; an option
/// is out of its bounds), incompatible_schema
/// (two shapes under one name and version).
[[nodiscard]] expected<std::vector<detail::event_type>>
check_definition(const definition& service);

} // namespace cafes::actors
