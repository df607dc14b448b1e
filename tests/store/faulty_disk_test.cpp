// SPDX-License-Identifier: MIT
#include "tests/support/store_life.hpp"

#include <boost/test/unit_test.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <limits>
#include <string>
#include <vector>

// Every call of SQLite to its file system fails in turn: once, some times, and
// until the disk is mended.

namespace cafes::test {

namespace {

constexpr int until_mended = std::numeric_limits<int>::max();

std::string words_of(const disk_fault& fault) {
  return std::string{sqlite3_errstr(fault.code)} + " (SQLite code "
         + std::to_string(fault.code) + ") at " + to_string(fault.call) + " "
         + std::to_string(fault.first)
         + (fault.count == until_mended
              ? " and all after it"
              : ", " + std::to_string(fault.count) + " in all")
         + (fault.is_torn ? ", torn" : "");
}

/// Returns whether the fault was met.
bool survives(const disk_fault& fault) {
  try {
    store_life one;
    const auto failed = one.live(fault);
    one.check_what_is_left();
    return failed > 0;
  } catch (const std::exception& failed) {
    BOOST_ERROR(words_of(fault) << ": " << failed.what());
    return true;
  }
}

void fail_every(disk_fault fault,
                const std::vector<int>& counts = {1, until_mended}) {
  const auto since = std::chrono::steady_clock::now();
  int runs = 0;
  int calls = 0;
  constexpr int more_than_there_are = 2'000;
  for (const auto count : counts) {
    fault.count = count;
    for (fault.first = 1; survives(fault); ++fault.first) {
      ++runs;
      BOOST_REQUIRE(fault.first < more_than_there_are);
    }
    calls = std::max(calls, fault.first - 1);
  }
  BOOST_TEST_MESSAGE(
    runs << " runs over " << calls << " calls of " << to_string(fault.call)
         << (fault.is_torn ? ", torn" : "") << ", "
         << std::chrono::duration_cast<std::chrono::milliseconds>(
              std::chrono::steady_clock::now() - since)
              .count()
         << " ms");
  BOOST_TEST(runs > 0);
}

} // namespace

BOOST_AUTO_TEST_SUITE(faulty_disk)

BOOST_AUTO_TEST_CASE(without_a_fault_a_life_is_as_expected) {
  BOOST_TEST(!survives({file_call::sync, SQLITE_IOERR_FSYNC, until_mended}));
}

BOOST_AUTO_TEST_CASE(a_write_that_fails_loses_nothing_acknowledged) {
  fail_every({file_call::write, SQLITE_IOERR_WRITE}, {1, 3, until_mended});
}

BOOST_AUTO_TEST_CASE(a_torn_write_loses_nothing_acknowledged) {
  fail_every(
    {.call = file_call::write, .code = SQLITE_IOERR_WRITE, .is_torn = true});
}

BOOST_AUTO_TEST_CASE(a_full_disk_loses_nothing_acknowledged) {
  fail_every({file_call::write, SQLITE_FULL});
}

BOOST_AUTO_TEST_CASE(a_disk_full_within_a_write_loses_nothing_acknowledged) {
  fail_every({.call = file_call::write, .code = SQLITE_FULL, .is_torn = true});
}

/// The kernel drops what it could not sync, and the next sync succeeds.
BOOST_AUTO_TEST_CASE(a_sync_that_fails_loses_nothing_acknowledged) {
  fail_every({file_call::sync, SQLITE_IOERR_FSYNC}, {1, 2, 3, until_mended});
}

BOOST_AUTO_TEST_CASE(a_read_that_fails_changes_nothing) {
  fail_every({file_call::read, SQLITE_IOERR_READ});
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_opened_is_opened_later) {
  fail_every({file_call::open, SQLITE_CANTOPEN});
}

BOOST_AUTO_TEST_CASE(a_truncation_that_fails_loses_nothing_acknowledged) {
  fail_every({file_call::truncate, SQLITE_IOERR_TRUNCATE});
}

BOOST_AUTO_TEST_CASE(a_removal_that_fails_loses_nothing_acknowledged) {
  fail_every({file_call::remove, SQLITE_IOERR_DELETE});
}

BOOST_AUTO_TEST_CASE(a_look_that_fails_changes_nothing) {
  fail_every({file_call::access, SQLITE_IOERR_ACCESS});
  fail_every({file_call::size, SQLITE_IOERR_FSTAT});
}

BOOST_AUTO_TEST_CASE(locks_and_shared_memory_that_fail_lose_nothing) {
  fail_every({file_call::lock, SQLITE_IOERR_LOCK});
  fail_every({file_call::share_memory, SQLITE_IOERR_SHMSIZE});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
