// SPDX-License-Identifier: MIT
#pragma once

#include "bench/command_load.hpp"
#include "domain/account.hpp"

#include <cafes/runtime.hpp>

#include <cstddef>
#include <deque>
#include <future>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace cafes::bench {

// The load: deposits to accounts that are open and in memory.

/// Bytes of a deposit's event as JSON.
inline constexpr std::size_t payload_bytes = 175;

/// Throws if the command was not accepted.
template <decider Decider>
void must_be_accepted(const outcome<Decider>& ended) {
  if (!ended.accepted())
    throw std::runtime_error{ended.failed()
                               ? describe(*ended.failed())
                               : "a command was refused by the domain"};
}

/// "0", "1", …
[[nodiscard]] std::vector<std::string> account_keys(std::size_t count);

/// One whose event has payload_bytes.
[[nodiscard]] const bank::deposit& deposit_of_usual_size();
[[nodiscard]] const std::string& deposited_data();

/// Sends what `make(key)` asks to each key, many at a time, and waits for the
/// answers. Throws if one is not accepted.
template <decider Decider, class Make>
void send_all(runtime& service, const std::vector<std::string>& keys,
              const Make& make) {
  constexpr std::size_t under_way_max = 1'024;
  std::deque<std::future<outcome<Decider>>> under_way;
  const auto await_first = [&] {
    must_be_accepted(under_way.front().get());
    under_way.pop_front();
  };
  for (const auto& key : keys) {
    if (under_way.size() == under_way_max)
      await_first();
    auto asked = make(key);
    under_way.push_back(service.send<Decider>(
      asked.key, std::move(asked.command), asked.options));
  }
  while (!under_way.empty())
    await_first();
}

/// Sends `open` to each. Throws if one is not accepted.
void open_accounts(runtime& service, const std::vector<std::string>& keys);

/// A running service on a store. Throws when it cannot start.
[[nodiscard]] runtime start_bank(settings with);
[[nodiscard]] runtime start_bank(const std::string& store);

/// Makes a store that holds these accounts, opened, and nothing that runs.
void prepare_store(const std::string& store,
                   const std::vector<std::string>& keys);

/// Sends one and waits. Throws if it is not accepted.
void deposit_and_wait(runtime& service, addressed<bank::deposit> asked);

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
