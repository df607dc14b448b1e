// SPDX-License-Identifier: MIT
#include "tests/support/bank_store.hpp"

#include "tests/support/scratch_folder.hpp"
#include "tests/support/scratch_schema.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

class sqlite_bank_store final : public bank_store {
public:
  [[nodiscard]] std::string dsn() const override { return "sqlite:" + path(); }

  [[nodiscard]] std::unique_ptr<stored_log> open_log() const override {
    return open_sqlite_log(path());
  }

  [[nodiscard]] std::unique_ptr<bank_store> another() const override {
    return std::make_unique<sqlite_bank_store>();
  }

private:
  [[nodiscard]] std::string path() const { return folder_.path() + "/bank.db"; }

  scratch_folder folder_;
};

class postgres_bank_store final : public bank_store {
public:
  [[nodiscard]] std::string dsn() const override { return schema_.conninfo(); }

  [[nodiscard]] std::unique_ptr<stored_log> open_log() const override {
    return open_postgres_log(dsn());
  }

  [[nodiscard]] std::unique_ptr<bank_store> another() const override {
    return std::make_unique<postgres_bank_store>();
  }

private:
  scratch_schema schema_;
};

boost::unit_test::test_suite& suite_of(const std::string& name) {
  using boost::unit_test::test_suite;
  auto& all = boost::unit_test::framework::master_test_suite();
  const auto known = all.get(name);
  if (known != boost::unit_test::INV_TEST_UNIT_ID)
    return boost::unit_test::framework::get<test_suite>(known);
  auto* made = new test_suite{name, __FILE__, __LINE__}; // Boost.Test's now
  all.add(made);
  return *made;
}

} // namespace

std::unique_ptr<bank_store> make_bank_store(bank_backend kind) {
  if (kind == bank_backend::sqlite)
    return std::make_unique<sqlite_bank_store>();
  return std::make_unique<postgres_bank_store>();
}

bank_test::bank_test(std::string_view sentence, std::string_view file,
                     std::size_t line, body run, std::string_view prefix) {
  for (const auto kind : {bank_backend::sqlite, bank_backend::postgresql}) {
    const auto* name = kind == bank_backend::sqlite ? "sqlite" : "postgresql";
    suite_of(std::string{prefix} + name)
      .add(boost::unit_test::make_test_case(
        [kind, run] {
          const auto store = make_bank_store(kind);
          run(*store);
        },
        std::string{sentence}, std::string{file}, line));
  }
}

} // namespace cafes::test
