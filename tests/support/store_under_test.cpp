// SPDX-License-Identifier: MIT
#include "tests/support/store_under_test.hpp"

#include "store/memory/memory_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/scratch_schema.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

std::string_view to_string(backend kind) {
  switch (kind) {
    case backend::memory:
      return "memory";
    case backend::sqlite:
      return "sqlite";
    case backend::postgresql_jsonb:
      return "postgresql_jsonb";
    case backend::postgresql_json:
      return "postgresql_json";
  }
  return "";
}

class memory_under_test final : public store_under_test {
public:
  memory_under_test() : store_under_test{backend::memory} {
    store_ = std::make_unique<store::memory::memory_store>();
    must(store_->migrate());
  }

  void reopen() override {}
};

class sqlite_under_test final : public store_under_test {
public:
  sqlite_under_test() : store_under_test{backend::sqlite} { reopen(); }
  ~sqlite_under_test() override { store_.reset(); }

  void reopen() override {
    store_.reset();
    store_ = must(store::open_store("sqlite:" + place()));
    must(store_->migrate());
  }

  [[nodiscard]] std::string place() const override {
    return folder_.path() + "/log.db";
  }

private:
  scratch_folder folder_;
};

class postgresql_under_test final : public store_under_test {
public:
  explicit postgresql_under_test(backend kind) : store_under_test{kind} {
    reopen();
  }
  ~postgresql_under_test() override { store_.reset(); }

  void reopen() override {
    store_.reset();
    store_ = must(store::open_store(
      place(), keeps_text() ? payload_format::json : payload_format::jsonb));
    must(store_->migrate());
  }

  [[nodiscard]] std::string place() const override {
    return schema_.conninfo();
  }

private:
  scratch_schema schema_;
};

boost::unit_test::test_suite& suite_of(backend kind) {
  using boost::unit_test::test_suite;
  auto& all = boost::unit_test::framework::master_test_suite();
  const std::string name{to_string(kind)};
  const auto known = all.get(name);
  if (known != boost::unit_test::INV_TEST_UNIT_ID)
    return boost::unit_test::framework::get<test_suite>(known);
  auto* made = new test_suite{name, __FILE__, __LINE__}; // Boost.Test's now
  all.add(made);
  return *made;
}

} // namespace

std::unique_ptr<store_under_test> make_store(backend kind) {
  switch (kind) {
    case backend::memory:
      return std::make_unique<memory_under_test>();
    case backend::sqlite:
      return std::make_unique<sqlite_under_test>();
    case backend::postgresql_jsonb:
    case backend::postgresql_json:
      return std::make_unique<postgresql_under_test>(kind);
  }
  return nullptr;
}

store_test::store_test(const char* sentence, const char* file, std::size_t line,
                       body run, std::initializer_list<backend> backends) {
  for (const auto kind : backends)
    suite_of(kind).add(boost::unit_test::make_test_case(
      [kind, run] {
        const auto under = make_store(kind);
        run(*under);
      },
      sentence, file, line));
}

} // namespace cafes::test
