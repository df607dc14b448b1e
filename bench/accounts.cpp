// SPDX-License-Identifier: MIT
#include "bench/accounts.hpp"

#include <cafes/codec.hpp>
#include <cafes/definition.hpp>

#include <stdexcept>
#include <utility>

namespace cafes::bench {

namespace {

bank::deposit make_deposit() {
  constexpr std::string_view words
    = "standing order, rent and heating, invoice 2026-11 of the house in "
      "the old harbour street, first floor, paid in advance; ";
  bank::deposit made{bank::cents{12'345}, ""};
  const auto bare
    = encode(bank::deposited{made.amount, made.reference}).value();
  while (made.reference.size() + bare.size() < payload_bytes)
    made.reference += words[made.reference.size() % words.size()];
  return made;
}

} // namespace

std::vector<std::string> account_keys(std::size_t count) {
  std::vector<std::string> keys;
  keys.reserve(count);
  for (std::size_t number = 0; number < count; ++number)
    keys.push_back(std::to_string(number));
  return keys;
}

const bank::deposit& deposit_of_usual_size() {
  static const auto made = make_deposit();
  return made;
}

const std::string& deposited_data() {
  static const auto made
    = encode(bank::deposited{deposit_of_usual_size().amount,
                             deposit_of_usual_size().reference})
        .value();
  return made;
}

void open_accounts(runtime& service, const std::vector<std::string>& keys) {
  fast_random random{42};
  send_all<bank::account>(service, keys, [&](const std::string& key) {
    return addressed<bank::open>{
      key, {"owner " + key, bank::cents{0}}, {.id = random.id()}};
  });
}

void deposit_and_wait(runtime& service, addressed<bank::deposit> asked) {
  must_be_accepted(
    service
      .send<bank::account>(asked.key, std::move(asked.command), asked.options)
      .get());
}

runtime start_bank(settings with) {
  auto service = runtime::start(definition{}.aggregate<bank::account>(),
                                std::move(with));
  if (!service)
    throw std::runtime_error{describe(service.error())};
  return *std::move(service);
}

runtime start_bank(const std::string& store) {
  settings with;
  with.store = store;
  return start_bank(with);
}

void prepare_store(const std::string& store,
                   const std::vector<std::string>& keys) {
  auto service = start_bank(store);
  open_accounts(service, keys);
  service.stop();
}

} // namespace cafes::bench
