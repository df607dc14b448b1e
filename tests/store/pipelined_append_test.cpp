// SPDX-License-Identifier: MIT
#include "tests/support/ask_sql.hpp"
#include "tests/support/faulty_log.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

// Senders that do not wait: several appends to one stream share a batch, each
// counting on those before it. When one is not stored, none after it is.

namespace cafes::test {

namespace {

using store::append_request;
using store::stream_id;

constexpr auto first_three = {0, 1, 2};

auto exactly(std::int64_t wanted) {
  return expected_version::exactly(version{wanted});
}

/// The stream that a load goes to: how far it is, and by which number.
struct target {
  std::string key;
  std::int64_t current = 0;
  stream_id id{};
};

std::string account(const target& to) {
  return "account-" + to.key;
}

/// Three appends to one account, each counting on the one before, with those of
/// others in between. The one at `bad` holds `content`.
std::vector<append_request> load(const open_log& log, const target& to, int bad,
                                 const std::string& content) {
  std::vector<append_request> batch;
  for (const auto n : first_three) {
    batch.push_back(log.to(account(to), {.expected = exactly(to.current + n),
                                         .loaded = true,
                                         .id = to.id,
                                         .data = n == bad ? content : "1"}));
    batch.back().checked = true; // so that it is the store which refuses
    batch.push_back(
      log.to("order-" + to.key + "." + std::to_string(n),
             {.expected = expected_version::none(), .loaded = true}));
  }
  return batch;
}

void check_outcomes(open_log& log, const target& to, int bad, errc code,
                    const std::vector<store::append_outcome>& outcomes) {
  for (const auto n : first_three) {
    const auto& outcome = outcomes.at(static_cast<std::size_t>(2 * n));
    if (n < bad)
      BOOST_TEST(must(outcome).last_version == version{to.current + n + 1});
    else
      BOOST_TEST(fails_with(n == bad ? code : errc::version_conflict, outcome));
    must(outcomes.at(static_cast<std::size_t>(2 * n + 1)));
  }
  BOOST_TEST(log.version_of(account(to)) == version{to.current + bad});
  check_dense(log.all());
}

/// Which of the three is refused, and to what kind of stream.
struct target_kind {
  int bad;
  bool exists;
  bool numbered;
};

target make_target(open_log& log, const target_kind& like) {
  const auto& [bad, exists, numbered] = like;
  target made{std::to_string(bad) + (exists ? " old" : " new")
              + (numbered ? " numbered" : "")};
  if (exists) {
    const auto stored = must(log.append(account(made), {.events = 2}));
    made.current = 2;
    if (numbered)
      made.id = stored.id;
  } else if (numbered) {
    made.id = log.writer->numbers()->next();
  }
  return made;
}

/// Each of the three in turn is refused: in a new stream and in one that
/// exists, with and without a number.
template <class Refuse>
void check_every_place(open_log& log, Refuse refuse) {
  for (const auto bad : first_three)
    for (const bool exists : {false, true})
      for (const bool numbered : {false, true}) {
        const auto to = make_target(log, {bad, exists, numbered});
        BOOST_TEST_CONTEXT(account(to)) {
          refuse(to, bad);
        }
      }
}

/// Lets the database itself refuse what the session would let pass.
void forbid_content(const store_under_test& under) {
  if (under.kind() == backend::sqlite)
    ask_sql(under, "CREATE TRIGGER forbid BEFORE INSERT ON events"
                   " WHEN new.data = '\"forbidden\"'"
                   " BEGIN SELECT raise(ABORT, 'forbidden'); END");
  else
    ask_sql(under,
            "ALTER TABLE events ADD CHECK (data::text <> '\"forbidden\"')");
}

} // namespace

CAFES_STORE_TEST(what_counts_on_an_append_that_the_session_refuses_fails) {
  open_log log{under};
  check_every_place(log, [&](const target& to, int bad) {
    auto batch = load(log, to, bad, "no JSON");
    for (auto& append : batch)
      append.checked = false;
    check_outcomes(log, to, bad, errc::invalid_argument, log.append(batch));
  });
}

CAFES_STORE_TEST(what_counts_on_an_append_that_the_store_refuses_fails,
                 {backend::sqlite, backend::postgresql_jsonb,
                  backend::postgresql_json}) {
  forbid_content(under);
  open_log log{under};
  check_every_place(log, [&](const target& to, int bad) {
    const auto batch = load(log, to, bad, "\"forbidden\"");
    check_outcomes(log, to, bad, errc::invalid_argument, log.append(batch));
  });
}

CAFES_STORE_TEST(what_counts_on_an_append_in_conflict_fails) {
  open_log log{under};
  const auto id = must(log.append("account-1", {.events = 2})).id;
  // Decided before the second event was known.
  const target stale{"1", 1, id};
  const auto outcomes = log.append(load(log, stale, -1, ""));
  for (const auto n : {0U, 2U, 4U})
    BOOST_TEST(fails_with(errc::version_conflict, outcomes.at(n)));
  for (const auto n : {1U, 3U, 5U})
    must(outcomes.at(n));
  BOOST_TEST(log.version_of("account-1") == version{2});
  check_dense(log.all());
}

CAFES_STORE_TEST(what_counts_on_a_first_append_in_conflict_fails) {
  open_log log{under};
  const auto id = must(log.append("account-1")).id;
  const target unseen{"1", 0, log.writer->numbers()->next()};
  const auto outcomes = log.append(load(log, unseen, -1, ""));
  for (const auto n : {0U, 2U, 4U})
    BOOST_TEST(fails_with(errc::version_conflict, outcomes.at(n)));
  BOOST_TEST(must(log.append("account-1")).id == id);
  check_dense(log.all());
}

CAFES_STORE_TEST(what_counts_on_a_repeated_command_is_decided_again) {
  open_log log{under};
  const auto id = must(log.append("account-1", {.command_id = command(1)})).id;
  auto batch = load(log, {"1", 0, id}, -1, "");
  batch.front().from.command_id = command(1);
  const auto outcomes = log.append(batch);
  BOOST_TEST(must(outcomes.at(0)).repeated);
  BOOST_TEST(fails_with(errc::version_conflict, outcomes.at(2),
                        "with an append before it that was not stored"));
  BOOST_TEST(fails_with(errc::version_conflict, outcomes.at(4)));
  BOOST_TEST(log.version_of("account-1") == version{1});
}

CAFES_STORE_TEST(a_sender_who_did_not_count_on_the_refused_one_goes_on) {
  open_log log{under};
  const auto id = must(log.append("account-1", {.events = 3})).id;
  const auto outcomes = log.append(
    {log.to("account-1", {.expected = exactly(1), .loaded = true, .id = id}),
     log.to("account-1", {.expected = exactly(3), .loaded = true, .id = id}),
     log.to("account-1", {.expected = exactly(4), .loaded = true, .id = id}),
     log.to("account-1")});
  BOOST_TEST(fails_with(errc::version_conflict, outcomes[0]));
  BOOST_TEST(must(outcomes[1]).last_version == version{4});
  BOOST_TEST(must(outcomes[2]).last_version == version{5});
  BOOST_TEST(must(outcomes[3]).last_version == version{6});
  check_dense(log.all());
}

BOOST_AUTO_TEST_SUITE(pipelined_append)

BOOST_AUTO_TEST_CASE(what_counts_on_a_write_refused_in_memory_fails) {
  for (const bool numbered : {false, true}) {
    faulty_log log;
    const auto id = numbered ? log.writer.numbers()->next() : stream_id{};
    std::vector<append_request> batch;
    for (const auto n : first_three) {
      batch.push_back(log.to("account-1", exactly(n), 1, true));
      batch.back().id = id;
      batch.push_back(log.to("order-" + std::to_string(n),
                             expected_version::none(), 1, true));
    }
    // The batch, then its first append.
    log.connection->plan({.how = fault_kind::refused, .first = 1, .last = 2});
    const auto outcomes = must(log.writer.append(batch));
    BOOST_TEST(fails_with(errc::invalid_argument, outcomes.at(0)));
    BOOST_TEST(fails_with(errc::version_conflict, outcomes.at(2)));
    BOOST_TEST(fails_with(errc::version_conflict, outcomes.at(4)));
    BOOST_TEST(log.all().size() == 3);
    check_dense(log.all());
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
