// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_store.hpp"

#include <cafes/runtime.hpp>

#include <boost/test/tools/assertion_result.hpp>

#include <memory>
#include <string>

namespace cafes::test {

/// Settings for tests: everything that waits without need waits shortly.
[[nodiscard]] settings quick();

/// A runtime on a store of the test's.
[[nodiscard]] expected<runtime>
try_start_on(std::shared_ptr<store::log_store> store, definition service,
             settings with = quick(), participation role = participation::full);

/// The same, which must succeed.
[[nodiscard]] runtime start_on(std::shared_ptr<store::log_store> store,
                               definition service, settings with = quick(),
                               participation role = participation::full);

/// A runtime on a store of its own in memory, which must start.
[[nodiscard]] runtime start_in_memory(definition service,
                                      settings with = quick());

/// The status of a projection by name.
[[nodiscard]] projection_status status_of(const runtime& service,
                                          const std::string& projection);

/// For BOOST_TEST: the outcome is an error of this code with these words.
template <class Outcome>
boost::test_tools::assertion_result
ended_with(errc code, const Outcome& ended, const std::string& words = "") {
  const auto* failed = ended.failed();
  boost::test_tools::assertion_result as_wanted{
    failed != nullptr && failed->code == code
    && failed->message.find(words) != std::string::npos};
  as_wanted.message() << "wanted " << to_string(code) << " \"" << words
                      << "\", came "
                      << (failed != nullptr  ? describe(*failed)
                          : ended.accepted() ? std::string{"accepted"}
                                             : std::string{"rejected"});
  return as_wanted;
}

/// The acceptance; anything else ends the test with its description.
template <class Outcome>
auto accepted_by(const Outcome& ended) {
  if (const auto* failed = ended.failed())
    throw std::runtime_error{"unexpected " + describe(*failed)};
  if (ended.rejected() != nullptr)
    throw std::runtime_error{"unexpected rejection"};
  return *ended.accepted();
}

} // namespace cafes::test
