// SPDX-License-Identifier: MIT
#pragma once

#include "store/append.hpp"

#include <cafes/expected.hpp>

#include <boost/test/tools/assertion_result.hpp>

#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>

// How tests show values and look into expected.

namespace cafes {

inline std::ostream& operator<<(std::ostream& out, errc code) {
  return out << to_string(code);
}

inline std::ostream& operator<<(std::ostream& out, const error& shown) {
  return out << describe(shown);
}

inline std::ostream& operator<<(std::ostream& out, const uuid& shown) {
  return out << to_string(shown);
}

inline std::ostream& operator<<(std::ostream& out, const stream_name& shown) {
  return out << to_string(shown);
}

namespace store {

inline std::ostream& operator<<(std::ostream& out, const appended& shown) {
  return out << "stream " << shown.id << " versions " << shown.first_version
             << ".." << shown.last_version << " positions "
             << shown.first_position << ".." << shown.last_position << " at "
             << to_string(shown.recorded_at)
             << (shown.repeated ? " (repeated)" : "");
}

} // namespace store

namespace test {

/// The value; an error ends the test with its description.
template <class Value>
Value must(expected<Value> answered) {
  if (!answered)
    throw std::runtime_error{"unexpected " + describe(answered.error())};
  if constexpr (!std::is_void_v<Value>)
    return *std::move(answered);
}

/// For BOOST_TEST: the answer is an error of this code, and its message has
/// these words.
template <class Value>
boost::test_tools::assertion_result fails_with(errc code,
                                               const expected<Value>& answered,
                                               const std::string& words = "") {
  boost::test_tools::assertion_result as_wanted{
    !answered && answered.error().code == code
    && answered.error().message.find(words) != std::string::npos};
  as_wanted.message() << "wanted " << code << " \"" << words << "\", came "
                      << (answered ? "a value" : describe(answered.error()));
  return as_wanted;
}

} // namespace test

} // namespace cafes
