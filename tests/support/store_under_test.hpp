// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_store.hpp"

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>

namespace cafes::test {

enum class backend { memory, sqlite, postgresql_jsonb, postgresql_json };

/// A fresh store of one backend, migrated and empty; gone with this object.
class store_under_test {
public:
  virtual ~store_under_test() = default;

  [[nodiscard]] store::log_store& store() { return *store_; }

  /// Closes the store and opens the same place again; memory cannot.
  virtual void reopen() = 0;

  /// What libpq or SQLite calls the place.
  [[nodiscard]] virtual std::string place() const { return ""; }

  [[nodiscard]] backend kind() const { return kind_; }

  /// Payloads come back byte for byte, else value for value.
  [[nodiscard]] bool keeps_text() const {
    return kind_ != backend::postgresql_jsonb;
  }

protected:
  explicit store_under_test(backend kind) : kind_{kind} {}

  /// Set by the derived object, which outlives it.
  std::unique_ptr<store::log_store> store_;

private:
  backend kind_;
};

/// PostgreSQL: a schema of its own in the database that CAFES_TEST_POSTGRES
/// names. Throws when there is none: a test that is not run proves nothing.
[[nodiscard]] std::unique_ptr<store_under_test> make_store(backend kind);

inline constexpr auto every_backend = {backend::memory, backend::sqlite,
                                       backend::postgresql_jsonb,
                                       backend::postgresql_json};

/// A test that is known to Boost.Test once for each backend, as
/// `sqlite/sentence`.
struct store_test {
  using body = void (*)(store_under_test&);

  /// Both texts are literals: Boost.Test keeps their addresses.
  store_test(const char* sentence, const char* file, std::size_t line, body run,
             std::initializer_list<backend> backends = every_backend);
};

} // namespace cafes::test

/// CAFES_STORE_TEST(sentence) { … under … } or, for some backends only,
/// CAFES_STORE_TEST(sentence, {backend::sqlite}) { … under … }.
#define CAFES_STORE_TEST(SENTENCE, ...)                                        \
  static void SENTENCE(::cafes::test::store_under_test& under);                \
  static const ::cafes::test::store_test SENTENCE##_test{                      \
    #SENTENCE, __FILE__, __LINE__, SENTENCE __VA_OPT__(, ) __VA_ARGS__};       \
  static void SENTENCE([[maybe_unused]] ::cafes::test::store_under_test& under)
