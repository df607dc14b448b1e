// SPDX-License-Identifier: MIT
#include "tests/support/bank_program.hpp"
#include "tests/support/bank_store.hpp"
#include "tests/support/scratch_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

// Two processes want the same store.

namespace cafes::test {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// A statement that an import reads as it is written, so that the import lasts
/// as long as the test wants.
class paced_statement {
public:
  paced_statement() {
    if (::mkfifo(path().c_str(), 0600) != 0)
      throw std::runtime_error{path() + ": no pipe"};
    // Open for reading too: then opening waits for nobody.
    pipe_ = ::open(path().c_str(), O_RDWR | O_CLOEXEC);
  }

  ~paced_statement() { end(); }
  paced_statement(const paced_statement&) = delete;
  paced_statement& operator=(const paced_statement&) = delete;

  [[nodiscard]] std::string path() const { return folder_.path() + "/pipe"; }

  void write(const std::string& text) const {
    if (::write(pipe_, text.data(), text.size()) != std::ssize(text))
      throw std::runtime_error{path() + ": cannot be written"};
  }

  void end() {
    if (pipe_ >= 0)
      ::close(pipe_);
    pipe_ = -1;
  }

private:
  scratch_folder folder_;
  int pipe_ = -1;
};

/// An import that owns a store until it is told to end.
struct running_import {
  explicit running_import(const bank_store& store)
    : log{store.open_log()},
      process{bank_command({"import", file.path(), "--store", store.dsn()})} {
    file.write(statement_header + std::string{"\n"});
    go_on();
  }

  /// One more row, until it is stored.
  void go_on() {
    ++rows;
    file.write(std::to_string(rows) + ",2024-01-31,7,deposit,5,"
               + std::to_string(5 * rows) + ",x\n");
    BOOST_TEST(process.reaches([&] { return log->head() == rows + 1; }));
  }

  child_end finish() {
    file.end();
    return process.wait();
  }

  std::int64_t rows = 0;
  std::unique_ptr<stored_log> log;
  paced_statement file;
  child_process process;
};

struct small_statement {
  small_statement() { write_file(path, all.text()); }

  scratch_folder folder;
  std::string path = folder.path() + "/statement.csv";
  statement all{{{"t1", "2024-01-31", "8", true, 5, 5, "x"},
                 {"t2", "2024-01-31", "8", false, 2, 3, "x"}}};
};

std::string name_of(const child_process& process) {
  return " pid " + std::to_string(process.pid()) + " ";
}

} // namespace

CAFES_BANK_TEST(an_import_reads_a_statement_from_a_pipe) {
  running_import first{store};
  first.go_on();
  const auto ended = first.finish();
  BOOST_TEST(ends_with(0, ended));
  BOOST_TEST(summary_in(ended).accepted == 2);
}

BOOST_AUTO_TEST_SUITE(sqlite)

BOOST_AUTO_TEST_CASE(a_second_process_is_refused_at_once) {
  const auto store = make_bank_store(bank_backend::sqlite);
  const small_statement other;
  running_import first{*store};
  const std::vector<std::vector<std::string>> verbs{
    {"import", other.path},
    {"send", "account", "7", "deposit", R"({"amount":1,"reference":"x"})"},
    {"store", "init"},
    {"stream", "read", "account-7"},
    {"view", "balances"}};
  for (auto verb : verbs) {
    verb.insert(verb.end(), {"--store", store->dsn()});
    const auto started = steady_clock::now();
    const auto ended = bank(verb);
    BOOST_TEST(ends_with(75, ended,
                         "not_owner: " + store->dsn().substr(7)
                           + " is in use by process "
                           + std::to_string(first.process.pid()) + " (bank)"));
    BOOST_TEST(ended.out == "");
    // Well below the wait for a log that a server would hand on.
    BOOST_TEST((steady_clock::now() - started < milliseconds{5'000}));
    first.go_on();
  }
  const auto ended = first.finish();
  BOOST_TEST(ends_with(0, ended));
  BOOST_TEST(summary_in(ended).accepted == 6);
  BOOST_TEST(
    ends_with(0, bank({"import", other.path, "--store", store->dsn()})));
  check_sound(store->open_log()->events());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(postgresql)

BOOST_AUTO_TEST_CASE(a_store_can_be_read_while_an_import_owns_it) {
  const auto store = make_bank_store(bank_backend::postgresql);
  running_import first{*store};
  for (int turn = 0; turn < 3; ++turn) {
    first.go_on();
    const auto stream = bank(
      {"stream", "read", "account-7", "--json", "--store", store->dsn()});
    BOOST_TEST(succeeds(stream));
    BOOST_TEST(std::ssize(json_of(stream)) == first.rows + 1);
    BOOST_TEST(balances_in(store->dsn()).at("7") == 5 * first.rows);
  }
  BOOST_TEST(ends_with(0, first.finish()));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(slow_postgresql)

BOOST_AUTO_TEST_CASE(a_second_import_hears_who_owns_the_log) {
  const auto store = make_bank_store(bank_backend::postgresql);
  const small_statement other;
  running_import first{*store};
  const auto started = steady_clock::now();
  const auto ended = bank({"import", other.path, "--store", store->dsn()});
  const auto waited = steady_clock::now() - started;
  BOOST_TEST(ends_with(75, ended, "not_owner: log 0 is owned by bank@"));
  BOOST_TEST(ends_with(75, ended, name_of(first.process)));
  BOOST_TEST(ended.out == "");
  BOOST_TEST((waited >= milliseconds{10'000}));
  BOOST_TEST((waited < milliseconds{60'000}));
  first.go_on();
  BOOST_TEST(ends_with(0, first.finish()));
  const auto events = store->open_log()->events();
  check_sound(events);
  BOOST_TEST(events.size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_waiting_import_begins_when_the_first_has_ended) {
  const auto store = make_bank_store(bank_backend::postgresql);
  const small_statement other;
  running_import first{*store};
  child_process second{
    bank_command({"import", other.path, "--store", store->dsn()})};
  BOOST_TEST(!second.ends_within(milliseconds{1'000}));
  first.go_on();
  BOOST_TEST(ends_with(0, first.finish()));
  const auto ended = second.wait();
  BOOST_TEST(ends_with(0, ended));
  BOOST_TEST(summary_in(ended).accepted == 2);
  BOOST_TEST(balances_in(store->dsn()).at("7") == 10);
  BOOST_TEST(balances_in(store->dsn()).at("8") == 3);
  check_sound(store->open_log()->events());
}

BOOST_AUTO_TEST_CASE(two_imports_of_one_statement_at_once_count_it_once) {
  const auto store = make_bank_store(bank_backend::postgresql);
  const scratch_folder folder;
  seeded_random random{"two imports"};
  const auto all = make_statement({3'000, 40}, random);
  const auto path = folder.path() + "/statement.csv";
  write_file(path, all.text());
  const auto command = bank_command({"import", path, "--store", store->dsn()});
  child_process one{command};
  child_process other{command};
  const auto first = one.wait();
  const auto second = other.wait();
  BOOST_TEST(ends_with(0, first));
  BOOST_TEST(ends_with(0, second));
  BOOST_TEST(summary_in(first).accepted + summary_in(second).accepted == 3'000);
  BOOST_TEST(summary_in(first).repeated + summary_in(second).repeated == 3'000);
  check_holds_exactly(*store->open_log(), all);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
