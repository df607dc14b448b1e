// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/stored_log.hpp"

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace cafes::test {

/// A place for the store of a bank program, not made yet; gone with this
/// object.
class bank_store {
public:
  virtual ~bank_store() = default;

  /// What --store takes.
  [[nodiscard]] virtual std::string dsn() const = 0;

  [[nodiscard]] virtual std::unique_ptr<stored_log> open_log() const = 0;

  /// Another place.
  [[nodiscard]] virtual std::unique_ptr<bank_store> another() const = 0;
};

enum class bank_backend { sqlite, postgresql };

/// PostgreSQL: a schema of its own in the database that CAFES_TEST_POSTGRES
/// names. Throws when there is none.
[[nodiscard]] std::unique_ptr<bank_store> make_bank_store(bank_backend kind);

/// A test that is known to Boost.Test once for each backend, as
/// `sqlite/sentence`; or, with a prefix, as `slow_sqlite/sentence`.
struct bank_test {
  using body = void (*)(bank_store&);

  bank_test(std::string_view sentence, std::string_view file, std::size_t line,
            body run, std::string_view prefix = "");
};

} // namespace cafes::test

/// CAFES_BANK_TEST(sentence) { … store … } or, to have it run on its own,
/// CAFES_BANK_TEST(sentence, "slow_") { … }.
#define CAFES_BANK_TEST(SENTENCE, ...)                                         \
  static void SENTENCE(::cafes::test::bank_store& store);                      \
  static const ::cafes::test::bank_test SENTENCE##_test{                       \
    #SENTENCE, __FILE__, __LINE__, SENTENCE __VA_OPT__(, ) __VA_ARGS__};       \
  static void SENTENCE(::cafes::test::bank_store& store)
