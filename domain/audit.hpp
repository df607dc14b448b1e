// SPDX-License-Identifier: MIT
#pragma once

#include "domain/account_events.hpp"

#include <cafes/projection.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bank {

/// What came of each command, by the text of its id. Events of commands that
/// were sent without an id are left out.
struct audit {
  static constexpr std::string_view name = "audit";
  static constexpr int version = 1;

  using events = cafes::one_of<opened, deposited, withdrawn, closed>;

  /// A command of the bank makes one event, but nothing keeps a sender from
  /// using an id for many accounts; the document is bounded all the same.
  static constexpr std::size_t entries_max = 100;

  struct entry {
    std::string stream;
    std::int64_t version = 0;
    std::string kind;
    /// Null where no money moved.
    std::optional<cents> amount;
    /// "2026-05-17T09:30:00.000001Z"
    std::string recorded_at;
    /// Null if the sender gave none.
    std::optional<std::string> correlation_id;
    std::optional<std::string> causation_id;
    CAFES_FIELDS(stream, version, kind, amount, recorded_at, correlation_id,
                 causation_id)
  };

  struct document {
    /// In the order of the log, the first entries_max.
    std::vector<entry> events;
    /// How many more there are.
    std::int64_t more = 0;
    CAFES_FIELDS(events, more)
  };

  template <class Event>
  static std::optional<std::string>
  key(const cafes::event_context& where, const Event&) {
    return text_of(where.from.command_id);
  }

  static void apply(document& command, const cafes::event_context& where,
                    const opened& happened);
  static void apply(document& command, const cafes::event_context& where,
                    const deposited& happened);
  static void apply(document& command, const cafes::event_context& where,
                    const withdrawn& happened);
  static void apply(document& command, const cafes::event_context& where,
                    const closed& happened);

private:
  /// Nullopt for the nil id.
  static std::optional<std::string> text_of(const cafes::uuid& id);

  static void add(document& command, const cafes::event_context& where,
                  std::string_view kind, std::optional<cents> amount);
};

} // namespace bank
