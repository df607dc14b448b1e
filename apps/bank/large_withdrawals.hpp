// SPDX-License-Identifier: MIT
#pragma once

#include "apps/bank/withdrawal_file.hpp"
#include "domain/account_events.hpp"

#include <cafes/application.hpp>
#include <cafes/reactor.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace bank {

/// Appends each large withdrawal to a file, in order for each account.
// [reactor]
struct large_withdrawals {
  static constexpr std::string_view name = "large_withdrawals";
  using events = cafes::one_of<withdrawn>;

  /// The smallest large one: 1,000.00.
  static constexpr cents limit{100'000};

  explicit large_withdrawals(const std::string& path) : file{path} {}

  static std::optional<std::string> key(const cafes::event_context& where,
                                        const withdrawn& happened);

  [[nodiscard]] cafes::expected<void> react(const cafes::reaction& about,
                                            const withdrawn& happened);

  withdrawal_file file;
};
// [/reactor]

/// `--large-withdrawals FILE`
[[nodiscard]] cafes::program_option large_withdrawals_option();

} // namespace bank
