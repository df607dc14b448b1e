// SPDX-License-Identifier: MIT
#include "tests/support/faulty_log.hpp"

#include <boost/test/unit_test.hpp>

#include <pqxx/connection>
#include <pqxx/transaction>

#include <chrono>

// What an owner does while its batch is under way.

namespace cafes::test {

namespace {

using namespace std::chrono_literals;

constexpr auto none = expected_version::none();

std::vector<store::append_request> new_streams(const open_log& log, int first,
                                               int last) {
  std::vector<store::append_request> batch;
  for (int n = first; n <= last; ++n)
    batch.push_back(log.to("account-" + std::to_string(n),
                           {.expected = none, .loaded = true}));
  return batch;
}

/// How often `meanwhile` was called for a batch.
int calls_of(store::log_writer_session& writer,
             const std::vector<store::append_request>& batch) {
  int calls = 0;
  must(writer.append(batch, [&] { ++calls; }));
  return calls;
}

/// Another session that stands in the way of position 2, as long as it is open.
class obstacle {
public:
  explicit obstacle(const store_under_test& under) : session_{under.place()} {
    // So that a write which waits in vain ends, and the test fails.
    work_.exec("SET LOCAL idle_in_transaction_session_timeout = '20s'");
    work_.exec("INSERT INTO events SELECT log_id, 2, stream_id, 2, type_id,"
               " now(), NULL, NULL, NULL, data, NULL FROM events");
  }

  /// False when it has been removed already.
  bool remove() noexcept {
    try {
      work_.exec("SELECT 1");
      work_.abort();
      return true;
    } catch (const std::exception&) {
      return false;
    }
  }

private:
  pqxx::connection session_;
  pqxx::work work_{session_};
};

void check_overlap(store_under_test& under, int events) {
  open_log log{under};
  must(log.append("account-0"));
  obstacle in_the_way{under};
  bool removed = false;
  const auto batch = new_streams(log, 1, events);
  const auto outcomes
    = must(log.writer->append(batch, [&] { removed = in_the_way.remove(); }));
  BOOST_TEST(removed);
  for (const auto& outcome : outcomes)
    must(outcome);
  check_dense(log.all());
}

} // namespace

CAFES_STORE_TEST(a_write_calls_the_caller_back_once) {
  open_log log{under};
  for (const auto& batch :
       {new_streams(log, 1, 1), new_streams(log, 2, 9),
        new_streams(log, 10, 60), std::vector{log.to("account-1")},
        std::vector(50, log.to("account-2"))})
    BOOST_TEST(calls_of(*log.writer, batch) == 1);
  BOOST_TEST(log.all().size() == 111);
}

CAFES_STORE_TEST(a_batch_of_several_writes_calls_the_caller_back_once) {
  open_log log{under};
  must(log.append("account-2"));
  BOOST_TEST(calls_of(*log.writer, new_streams(log, 1, 3)) == 1);
  BOOST_TEST(log.all().size() == 3);
}

CAFES_STORE_TEST(a_batch_without_a_write_does_not_call_back) {
  open_log log{under};
  BOOST_TEST(calls_of(*log.writer, {log.to("account-1", {.data = "no JSON"})})
             == 0);
}

CAFES_STORE_TEST(an_insert_calls_back_before_it_waits,
                 {backend::postgresql_jsonb}) {
  check_overlap(under, 3);
}

CAFES_STORE_TEST(a_copy_calls_back_before_it_waits,
                 {backend::postgresql_jsonb}) {
  check_overlap(under, 50);
}

BOOST_AUTO_TEST_SUITE(overlap)

BOOST_AUTO_TEST_CASE(resolving_a_doubt_does_not_call_back) {
  for (const auto how : {fault_kind::lost_before, fault_kind::lost_after}) {
    faulty_log log;
    const std::vector batch{log.to("account-1", none, 1, true)};
    int calls = 0;
    log.connection->plan({.how = how, .first = 1, .last = 1});
    BOOST_TEST(fails_with(errc::outcome_unknown,
                          log.writer.append(batch, [&] { ++calls; })));
    BOOST_TEST(calls == (how == fault_kind::lost_after ? 1 : 0));
    const int before = calls;
    must(must(log.writer.resolve(batch, 0ms)).at(0));
    BOOST_TEST(calls == before);
  }
}

BOOST_AUTO_TEST_CASE(writes_one_by_one_after_a_refusal_do_not_call_back_again) {
  faulty_log log;
  log.connection->plan({.how = fault_kind::refused, .first = 1, .last = 1});
  int calls = 0;
  const auto outcomes
    = must(log.writer.append(std::vector{log.to("account-1", none, 1, true),
                                         log.to("account-2", none, 1, true)},
                             [&] { ++calls; }));
  must(outcomes.at(0));
  must(outcomes.at(1));
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
