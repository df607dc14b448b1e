// SPDX-License-Identifier: MIT
#include "tests/support/cut_log.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

// The connection to PostgreSQL is cut before, within and after each message
// of the protocol. Which messages there are is seen in a run without a fault.

namespace cafes::test {

namespace {

using kind = cut_append_kind;

/// What is done while the connection is cut.
struct deed {
  /// Not cut.
  std::function<void(cut_log&)> prepare = [](cut_log& log) { log.take(); };
  std::function<void(cut_log&)> run;
  /// Cuts that come before the enumerated one.
  std::vector<cut_point> before = {};
};

deed appending(const std::vector<cut_append>& wanted) {
  return {.run = [wanted](cut_log& log) { log.append(wanted); }};
}

const deed taking{.prepare = [](cut_log& log) { log.give_up(); },
                  .run = [](cut_log& log) { log.take(); }};

const std::vector<cut_append> for_insert{{kind::loaded},
                                         {kind::loaded, 2},
                                         {kind::loaded}};
const std::vector<cut_append> for_copy{{kind::loaded, 5},
                                       {kind::loaded, 6},
                                       {kind::loaded, 4}};
const std::vector<cut_append> with_new_streams{{kind::loaded},
                                               {kind::first},
                                               {kind::first, 2}};
const std::vector<cut_append> to_be_checked{{kind::checked},
                                            {kind::stale},
                                            {kind::again},
                                            {kind::checked, 2}};

std::size_t count_to_server(const std::vector<wire_message>& seen) {
  return static_cast<std::size_t>(
    std::count_if(seen.begin(), seen.end(), [](const auto& message) {
      return message.direction == wire_direction::to_server;
    }));
}

/// Logs that are worked on at a time: where the processors are the bound, and
/// where time-outs are.
constexpr std::size_t threads_busy = 4;
constexpr std::size_t threads_waiting = 16;

/// Logs with nothing wrong, for the next cases: a new one takes its time.
class log_pool {
public:
  std::unique_ptr<cut_log> take() {
    {
      const std::lock_guard lock{mutex_};
      if (!free_.empty()) {
        auto log = std::move(free_.back());
        free_.pop_back();
        return log;
      }
    }
    return std::make_unique<cut_log>();
  }

  void give_back(std::unique_ptr<cut_log> log) {
    log->check_all();
    const std::lock_guard lock{mutex_};
    free_.push_back(std::move(log));
  }

private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<cut_log>> free_;
};

log_pool& pool() {
  static log_pool all;
  return all;
}

/// Runs cases on several logs at a time.
class cases {
public:
  explicit cases(deed what) : what_{std::move(what)} {}

  /// What goes by in a run without a fault, after the cuts before.
  [[nodiscard]] std::vector<wire_message> watch() const {
    auto log = pool().take();
    what_.prepare(*log);
    log->faults().plan(what_.before);
    what_.run(*log);
    BOOST_REQUIRE(log->cuts() == what_.before.size());
    auto seen = log->seen();
    pool().give_back(std::move(log));
    return seen;
  }

  void run(const std::vector<cut_point>& cuts, std::size_t threads) {
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> running;
    for (std::size_t n = 0; n < std::min(threads, cuts.size()); ++n)
      running.emplace_back([&] { run_some(cuts, next); });
    for (auto& one : running)
      one.join();
    for (const auto& words : failures_)
      BOOST_ERROR(words);
  }

private:
  /// A case that failed may have spoilt its log: the next one gets another.
  void run_some(const std::vector<cut_point>& cuts,
                std::atomic<std::size_t>& next) {
    std::size_t at = next++;
    while (at < cuts.size()) {
      try {
        auto log = pool().take();
        for (; at < cuts.size(); at = next++)
          run_one(*log, cuts[at]);
        pool().give_back(std::move(log));
      } catch (const std::exception& failed) {
        std::ostringstream words;
        if (at < cuts.size())
          words << cuts[at] << ": ";
        words << failed.what();
        const std::lock_guard lock{mutex_};
        failures_.push_back(words.str());
        at = next++;
      }
    }
  }

  void run_one(cut_log& log, const cut_point& cut) const {
    what_.prepare(log);
    auto planned = what_.before;
    planned.push_back(cut);
    log.faults().plan(planned);
    what_.run(log);
    demand(log.cuts() == planned.size(), "the message did not come");
  }

  deed what_;
  std::mutex mutex_;
  std::vector<std::string> failures_;
};

using clock = std::chrono::steady_clock;

void report(std::size_t count, const std::string& what,
            clock::time_point since) {
  BOOST_TEST_MESSAGE(
    count << " cases of " << what << ", "
          << std::chrono::duration_cast<std::chrono::milliseconds>(clock::now()
                                                                   - since)
               .count()
          << " ms");
  BOOST_TEST(count > 0);
}

std::vector<cut_point> only_before(std::vector<cut_point> cuts) {
  std::erase_if(cuts, [](const auto& cut) {
    return cut.moment != cut_moment::before;
  });
  return cuts;
}

/// Cuts that cost two seconds each: not all of them.
std::vector<cut_point> every_third(const std::vector<cut_point>& cuts) {
  std::vector<cut_point> chosen;
  for (std::size_t at = 0; at < cuts.size(); at += 3)
    chosen.push_back(cuts[at]);
  return chosen;
}

/// Every message and moment, by reset and by an orderly end; and by a reset
/// that the server does not hear of, which it takes for a client that thinks.
void cut_everywhere(const deed& what) {
  const auto since = clock::now();
  cases all{what};
  const auto seen = all.watch();
  auto cuts = every_cut(seen, cut_manner::reset);
  for (const auto& more : {every_cut(seen, cut_manner::finish),
                           only_before(every_cut(seen, cut_manner::abandon))})
    cuts.insert(cuts.end(), more.begin(), more.end());
  all.run(cuts, threads_busy);
  report(cuts.size(), summary_of(seen), since);
}

} // namespace

BOOST_AUTO_TEST_SUITE(cut_connection)

BOOST_AUTO_TEST_SUITE(taking_the_log)

BOOST_AUTO_TEST_CASE(a_log_is_taken_over_any_cut) {
  cut_everywhere(taking);
}

BOOST_AUTO_TEST_CASE(a_log_is_taken_over_any_silence) {
  const auto since = clock::now();
  cases all{taking};
  const auto seen = all.watch();
  const auto cuts
    = every_third(only_before(every_cut(seen, cut_manner::silence)));
  all.run(cuts, threads_waiting);
  report(cuts.size(), "silence: " + summary_of(seen), since);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(appending_to_it)

BOOST_AUTO_TEST_CASE(an_insert_is_exact_over_any_cut) {
  cut_everywhere(appending(for_insert));
}

BOOST_AUTO_TEST_CASE(a_copy_is_exact_over_any_cut) {
  cut_everywhere(appending(for_copy));
}

BOOST_AUTO_TEST_CASE(new_streams_are_exact_over_any_cut) {
  cut_everywhere(appending(with_new_streams));
}

BOOST_AUTO_TEST_CASE(a_check_of_versions_is_exact_over_any_cut) {
  cut_everywhere(appending(to_be_checked));
}

/// The cut that leaves the doubt is followed by another one, anywhere in what
/// is done to end it.
BOOST_AUTO_TEST_CASE(a_doubt_is_settled_over_any_further_cut) {
  const auto since = clock::now();
  auto what = appending(with_new_streams);
  // The server has stored it, and nobody has heard of it.
  what.before
    = {{wire_direction::to_server, count_to_server(cases{what}.watch()),
        cut_moment::after, cut_manner::abandon}};
  cases all{what};
  const auto seen = all.watch();
  const auto cuts = only_before(every_cut(seen, cut_manner::reset));
  all.run(cuts, threads_busy);
  report(cuts.size(), "a doubt: " + summary_of(seen), since);
}

/// Such a peer is noticed by what libpq sets for TCP.
BOOST_AUTO_TEST_CASE(a_peer_that_falls_silent_is_noticed_and_nothing_is_lost) {
  for (const auto& append :
       {for_insert, for_copy, with_new_streams, to_be_checked}) {
    const auto since = clock::now();
    cases all{appending(append)};
    const auto seen = all.watch();
    const auto cuts
      = every_third(only_before(every_cut(seen, cut_manner::silence)));
    all.run(cuts, threads_waiting);
    report(cuts.size(), "silence: " + summary_of(seen), since);
  }
}

/// How long libpq takes with the settings of cut_log, for docs/faults.md.
BOOST_AUTO_TEST_CASE(a_silent_peer_is_noticed_whether_it_owes_us_or_we_it) {
  const auto log = pool().take();
  for (const auto direction :
       {wire_direction::to_server, wire_direction::to_client}) {
    log->take();
    log->faults().plan(
      {{direction, 1, cut_moment::before, cut_manner::silence}});
    const auto since = clock::now();
    log->append(for_insert);
    BOOST_TEST(log->cuts() == 1U);
    report(1,
           direction == wire_direction::to_server ? "unconfirmed data"
                                                  : "an unanswered question",
           since);
  }
  log->check_all();
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
