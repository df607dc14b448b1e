// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/timestamp.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

// The day on which money moved.

namespace bank {

using day = std::chrono::year_month_day;

/// Reads "1993-01-31"; nullopt for what is no day of the calendar.
[[nodiscard]] std::optional<day> parse_day(std::string_view text);

/// "1993-01"
[[nodiscard]] std::string month_of(day at);

/// What a row of a statement becomes as an event's reference:
/// "497211 1993-01-03 cash deposit".
[[nodiscard]] std::string statement_reference(std::string_view id,
                                              std::string_view date,
                                              std::string_view description);

/// Events have no field for the day on which the bank booked them. If the
/// second word of the reference is a date, as the import of a statement writes
/// it, that is the day, whoever wrote it; a transaction id with a blank in it
/// hides the date. Otherwise the day is that of `recorded_at` in UTC.
[[nodiscard]] day booked_on(std::string_view reference,
                            cafes::timestamp recorded_at);

} // namespace bank
