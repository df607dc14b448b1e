// SPDX-License-Identifier: MIT
#pragma once

#include "bench/command_load.hpp"
#include "domain/account.hpp"

#include <cafes/runtime.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cafes::bench {

// The load: deposits to accounts that are open and in memory.

/// Bytes of a deposit's event as JSON.
inline constexpr std::size_t payload_bytes = 175;

/// "0", "1", …
[[nodiscard]] std::vector<std::string> account_keys(std::size_t count);

/// One whose event has payload_bytes.
[[nodiscard]] const bank::deposit& deposit_of_usual_size();
[[nodiscard]] const std::string& deposited_data();

/// Sends `open` to each. Throws if one is not accepted.
void open_accounts(runtime& service, const std::vector<std::string>& keys);

/// A running service on a store. Throws when it cannot start.
[[nodiscard]] runtime start_bank(settings with);
[[nodiscard]] runtime start_bank(const std::string& store);

/// Makes a store that holds these accounts, opened, and nothing that runs.
void prepare_store(const std::string& store,
                   const std::vector<std::string>& keys);

/// Asks for a deposit to an account at random, with a command id.
class deposits {
public:
  using decider = bank::account;

  explicit deposits(const std::vector<std::string>& keys) : keys_{&keys} {}

  addressed<bank::deposit> operator()(fast_random& random) const {
    return {(*keys_)[random.below(keys_->size())],
            deposit_of_usual_size(),
            {.id = random.id()}};
  }

private:
  const std::vector<std::string>* keys_;
};

} // namespace cafes::bench
