// SPDX-License-Identifier: MIT
#include "actors/journal.hpp"
#include "domain/account.hpp"
#include "tests/soak/ledger_stores.hpp"
#include "tests/soak/log_writers.hpp"
#include "tests/soak/order_views.hpp"
#include "tests/soak/view_check.hpp"
#include "tests/soak/view_figures.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"

#include <cafes/runtime.hpp>

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <iostream>

// Whoever writes the log, however long a commit takes and whatever is rolled
// back: a reader that remembers the last position misses nothing, sees nothing
// twice, and sees all in order. naive_reader_test has one that does not.

namespace cafes::soak {

namespace {

using namespace std::chrono_literals;
using test::must;

/// The full run, and what a smaller one is a part of: commits take their time.
constexpr std::int64_t events_of_full_run = 1'000'000;
constexpr std::int64_t events_of_a_part = 300'000;

constexpr auto drained_within = 15min;

std::int64_t events_to_write() {
  return scaled(1'000) >= 1'000 ? events_of_full_run : scaled(events_of_a_part);
}

/// A process's projections, though not a process: it reads a log that others
/// write, and polls for what is new.
template <std::size_t Number>
runtime reader_of(const std::string& dsn, std::size_t page_events_max) {
  auto with = test::quick();
  with.store = dsn;
  with.page_events_max = page_events_max;
  definition views;
  views.aggregate<bank::account>();
  views.projection<streams_seen<Number>>();
  views.projection<log_seen<Number>>();
  return must(runtime::start(views, with, participation::reader));
}

/// Sessions are ended by the hundred, and each says so.
struct without_journal {
  without_journal() { actors::journal().set_level(spdlog::level::off); }
  ~without_journal() { actors::journal().set_level(spdlog::level::info); }
  without_journal(const without_journal&) = delete;
  without_journal& operator=(const without_journal&) = delete;
};

/// What the views should hold, as SQL has it.
struct stored_order {
  view_content streams;
  view_content log;
};

stored_order read_order(const std::string& dsn) {
  constexpr std::int64_t page = 100'000;
  stored_order all;
  pqxx::connection session{dsn};
  pqxx::nontransaction reading{session};
  for (;;) {
    const auto rows = reading.exec_params(
      "SELECT position, key FROM events JOIN streams USING (stream_id) "
      "WHERE position > $1 ORDER BY position LIMIT $2",
      all.log.checkpoint, page);
    if (rows.empty())
      break;
    for (const auto& row : rows) {
      const auto position = row[0].as<std::int64_t>();
      BOOST_REQUIRE(position == all.log.checkpoint + 1);
      all.log.checkpoint = position;
      all.log.documents["all"].see(position);
      all.streams.documents[row[1].c_str()].see(position);
    }
  }
  all.streams.checkpoint = all.log.checkpoint;
  return all;
}

/// Streams whose versions are not 1..n.
std::int64_t streams_with_gaps(const std::string& dsn) {
  pqxx::connection session{dsn};
  return pqxx::nontransaction{session}
    .exec("SELECT count(*) FROM (SELECT FROM events GROUP BY stream_id "
          "HAVING count(*) <> max(version) OR min(version) <> 1) AS gaps")
    .at(0)
    .at(0)
    .as<std::int64_t>();
}

template <std::size_t Number>
void check_views(const stored_order& wanted, store::log_store& store,
                 view_figures& row) {
  auto found = differences(std::string{streams_seen<Number>::name},
                           wanted.streams,
                           read_view<streams_seen<Number>>(store));
  const auto of_log = differences(std::string{log_seen<Number>::name},
                                  wanted.log,
                                  read_view<log_seen<Number>>(store));
  found.insert(found.end(), of_log.begin(), of_log.end());
  for (const auto& each : found)
    BOOST_ERROR(each);
  row.findings += found.size();
}

} // namespace

BOOST_AUTO_TEST_SUITE(read_side)

BOOST_FIXTURE_TEST_CASE(
  every_projection_sees_each_event_of_many_writers_once_and_in_order,
  postgres_stores) {
  const without_journal quiet;
  test::seeded_random chance{"many writers"};
  const auto dsn = another().dsn;
  view_figures row{.fault = "PostgreSQL, 8 writers that take the log"};
  log_writers writing{dsn, events_to_write(), chance};
  auto small_pages = reader_of<0>(dsn, 37);
  auto usual_pages = reader_of<1>(dsn, 500);
  auto large_pages = reader_of<2>(dsn, 1'000);
  writing.run();
  const auto written = std::chrono::steady_clock::now();
  for (auto* reader : {&small_pages, &usual_pages, &large_pages}) {
    must(reader->drain(drained_within));
    reader->stop();
  }
  row.longest = std::chrono::duration_cast<std::chrono::milliseconds>(
    std::chrono::steady_clock::now() - written);

  const auto wanted = read_order(dsn);
  const auto store = must(store::open_store(dsn));
  check_views<0>(wanted, *store, row);
  check_views<1>(wanted, *store, row);
  check_views<2>(wanted, *store, row);
  BOOST_TEST(streams_with_gaps(dsn) == 0);
  const auto happened = writing.figures();
  BOOST_TEST(wanted.log.checkpoint == happened.accepted_events);
  // It was no walk in the park.
  BOOST_TEST(happened.turns > 1);
  BOOST_TEST(happened.owners_ended > 0);
  BOOST_TEST(happened.rolled_back > 0);
  row.rounds = happened.turns;
  row.events = wanted.log.checkpoint;
  report(row);
  std::cout << "8 writers: " << happened.batches << " batches, "
            << happened.turns << " turns; ended " << happened.owners_ended
            << " owners and " << happened.others_ended
            << " other sessions; in doubt " << happened.doubts
            << " times; rolled back " << happened.rolled_back
            << " at the next position" << std::endl;
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::soak
