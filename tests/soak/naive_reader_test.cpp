// SPDX-License-Identifier: MIT
#include "tests/soak/ledger_stores.hpp"
#include "tests/soak/passage.hpp"
#include "tests/soak/view_check.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/transaction>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <future>
#include <iostream>
#include <vector>

// What everybody writes first: a table with a sequence, and a reader that
// remembers the last number it has seen. Numbers are given before commits, so
// the reader goes past those that are committed late. It is here to show that
// the check of many_writers_test can fail.

namespace cafes::soak {

namespace {

constexpr int writers = 8;

class naive_log {
public:
  explicit naive_log(std::string dsn) : dsn_{std::move(dsn)} {
    pqxx::connection session{dsn_};
    pqxx::nontransaction{session}.exec(
      "CREATE TABLE naive_events (id bigserial PRIMARY KEY)");
  }

  void write(std::int64_t events) {
    pqxx::connection session{dsn_};
    for (std::int64_t each = 1; each <= events; ++each) {
      pqxx::work change{session};
      change.exec("INSERT INTO naive_events DEFAULT VALUES");
      change.exec("SELECT pg_sleep(random() * 0.003)");
      if (each % 10 == 0)
        change.abort();
      else
        change.commit();
    }
  }

  /// Until nobody writes any more, and once again.
  passage read_along(const std::atomic<int>& writing) {
    passage seen;
    pqxx::connection session{dsn_};
    for (bool is_last = false; !is_last;) {
      is_last = writing == 0;
      read_after(session, seen);
    }
    return seen;
  }

  passage read_all() {
    passage all;
    pqxx::connection session{dsn_};
    read_after(session, all);
    return all;
  }

private:
  static void read_after(pqxx::connection& session, passage& seen) {
    const auto rows = pqxx::nontransaction{session}.exec(
      "SELECT id FROM naive_events WHERE id > " + std::to_string(seen.last)
      + " ORDER BY id");
    for (const auto& row : rows)
      seen.see(row[0].as<std::int64_t>());
  }

  std::string dsn_;
};

view_content content_of(const passage& seen) {
  return {seen.last, {{"all", seen}}, {}, ""};
}

} // namespace

BOOST_AUTO_TEST_SUITE(read_side)

BOOST_FIXTURE_TEST_CASE(a_reader_of_a_sequence_misses_events_and_is_found_out,
                        postgres_stores) {
  naive_log log{another().dsn};
  std::atomic<int> writing{writers};
  auto reading = std::async(std::launch::async,
                            [&] { return log.read_along(writing); });
  std::vector<std::future<void>> all;
  for (int each = 0; each < writers; ++each)
    all.push_back(std::async(std::launch::async, [&] {
      try {
        log.write(scaled(2'500));
      } catch (...) {
        --writing;
        throw;
      }
      --writing;
    }));
  for (auto& one : all)
    one.get();
  const auto seen = reading.get();
  const auto stored = log.read_all();
  std::cout << "naive reader: " << stored.count - seen.count << " of "
            << stored.count << " events missed" << std::endl;
  BOOST_TEST(seen.count < stored.count);
  BOOST_TEST(
    !differences("naive reader", content_of(stored), content_of(seen)).empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::soak
