// SPDX-License-Identifier: MIT
#include "tests/support/ask_sql.hpp"
#include "tests/support/open_log.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

// What happens when the server ends a session.

namespace cafes::test {

namespace {

using namespace std::chrono_literals;

constexpr auto postgresql = {backend::postgresql_jsonb};

/// Ends all sessions of the schema but the asking one.
void end_sessions(const store_under_test& under) {
  const auto ended
    = ask_sql(under, "SELECT pg_terminate_backend(pid, 10000)"
                     " FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                     " AND application_name = current_schema()");
  BOOST_REQUIRE(!ended.empty());
}

} // namespace

CAFES_STORE_TEST(an_append_on_an_ended_session_is_stored_once, postgresql) {
  open_log log{under};
  must(log.append("account-1"));
  const std::vector batch{log.to("account-1",
                                 {.events = 2, .command_id = command(1)}),
                          log.to("account-2", {.command_id = command(2)})};
  end_sessions(under);
  BOOST_TEST(fails_with(errc::outcome_unknown, log.writer->append(batch)));
  const auto outcomes = must(log.writer->resolve(batch, 10s));
  BOOST_TEST(must(outcomes.at(0)).first_position == position{2});
  BOOST_TEST(must(outcomes.at(1)).first_position == position{4});
  BOOST_TEST(log.writer->taken() == epoch{2});
  BOOST_TEST(log.all().size() == 4);
  check_dense(log.all());
}

CAFES_STORE_TEST(a_session_that_lost_the_log_cannot_append, postgresql) {
  open_log first{under};
  must(first.append("account-1"));
  end_sessions(under);
  {
    open_log second{under, "second"};
    must(second.append("account-1"));
  }
  const std::vector batch{first.to("account-1")};
  BOOST_TEST(fails_with(errc::outcome_unknown, first.writer->append(batch)));
  BOOST_TEST(
    fails_with(errc::not_owner, first.writer->resolve(batch, 10s), "second"));
  BOOST_TEST(first.all().size() == 2);
}

CAFES_STORE_TEST(a_position_written_by_somebody_else_ends_the_owner,
                 postgresql) {
  open_log log{under};
  must(log.append("account-1"));
  ask_sql(under, "INSERT INTO events SELECT log_id, 2, stream_id, 2, type_id,"
                 " now(), NULL, NULL, NULL, data, NULL FROM events");
  const auto batch = std::vector{log.to(
    "account-2", {.expected = expected_version::none(), .loaded = true})};
  BOOST_TEST(
    fails_with(errc::not_owner, log.writer->append(batch), "position 2"));
  BOOST_TEST(log.all().size() == 2);
}

CAFES_STORE_TEST(a_reader_whose_session_ended_reads_again, postgresql) {
  open_log log{under};
  must(log.append("account-1"));
  end_sessions(under);
  const auto first = log.reader->head();
  if (!first)
    BOOST_TEST(fails_with(errc::unavailable, first));
  BOOST_TEST(must(log.reader->head()) == position{1});
}

CAFES_STORE_TEST(a_view_whose_session_ended_is_claimed_again, postgresql) {
  const auto writer
    = must(under.store().open_view_writer({"balances", 1, "{}"}));
  const std::vector<store::keyed_document> changed{{"1", "1"}};
  must(writer->claim());
  must(writer->commit({position{0}, position{1}, changed, {}, {}}));
  end_sessions(under);
  BOOST_TEST(
    fails_with(errc::unavailable,
               writer->commit({position{1}, position{2}, changed, {}, {}})));
  BOOST_TEST((must(writer->claim()) == position{1}));
  must(writer->commit({position{1}, position{2}, changed, {}, {}}));
}

CAFES_STORE_TEST(content_that_only_the_server_refuses_fails_for_its_sender,
                 postgresql) {
  ask_sql(under, "ALTER TABLE events ADD CHECK (data <> '\"forbidden\"')");
  open_log log{under};
  const auto outcomes = log.append(
    {log.to("account-1"), log.to("account-2", {.data = "\"forbidden\""}),
     log.to("account-3", {.events = 2})});
  BOOST_TEST(must(outcomes[0]).first_position == position{1});
  BOOST_TEST(!outcomes[1].has_value());
  BOOST_TEST(must(outcomes[2]).first_position == position{2});
  check_dense(log.all());
}

CAFES_STORE_TEST(content_that_nobody_has_checked_is_refused_by_the_server,
                 {backend::postgresql_jsonb, backend::postgresql_json}) {
  open_log log{under};
  for (const std::string bad : {"{", "", "\"\xff\"", "1 2"})
    for (const std::size_t others : {2U, 40U}) {
      const auto head = log.writer->head();
      std::vector batch(others, log.to("account-1"));
      batch[1] = log.to("account-2");
      batch[1].checked = true;
      batch[1].events[0].data = bad;
      const auto outcomes = log.append(batch);
      BOOST_TEST(fails_with(errc::invalid_argument, outcomes[1], "account-2"));
      BOOST_TEST(log.writer->head()
                 == head.plus(static_cast<std::int64_t>(others) - 1));
    }
  check_dense(log.all());
}

/// The statement that lifts the time-out is itself under it, and may be too
/// late on a busy machine: then the session is begun anew, as a service would.
std::unique_ptr<store::log_writer_session> take_log(store::log_store& from) {
  for (int attempt = 1;; ++attempt) {
    auto writer = must(from.open_writer());
    const auto taken = writer->acquire("hurried", 0ms);
    if (taken)
      return writer;
    BOOST_REQUIRE(fails_with(errc::unavailable, taken, "57014"));
    BOOST_REQUIRE(attempt < 1000);
  }
}

CAFES_STORE_TEST(a_time_out_preset_for_statements_ends_no_append, postgresql) {
  // After the search_path that is there, as a role or a database presets it.
  auto place = under.place();
  BOOST_REQUIRE(place.ends_with("'"));
  place.insert(place.size() - 1, " -c statement_timeout=1 -c lock_timeout=1"
                                 " -c idle_in_transaction_session_timeout=1");
  const auto store = must(store::open_store(place));
  const auto writer = take_log(*store);
  const std::vector<detail::event_type> types{{"test.happened", 1, "{}"}};
  const auto type = must(writer->register_types(types)).at(0);
  store::append_request append;
  append.stream = stream("account-1");
  // Takes the server some 10 ms.
  append.events.assign(
    1000, {type, "{\"text\":\"" + std::string(900, 'x') + "\"}", ""});
  for (int turn = 1; turn <= 3; ++turn)
    BOOST_TEST(
      must(must(writer->append(std::vector{append})).at(0)).last_position
      == position{turn * 1000});
}

CAFES_STORE_TEST(a_large_batch_with_refused_content_is_stored_without_it,
                 postgresql) {
  ask_sql(under, "ALTER TABLE events ADD CHECK (data <> '\"forbidden\"')");
  open_log log{under};
  std::vector<store::append_request> batch;
  for (int n = 0; n < 50; ++n)
    batch.push_back(log.to("account-" + std::to_string(n),
                           {.expected = expected_version::none(),
                            .loaded = true,
                            .data = n == 30 ? "\"forbidden\"" : "1"}));
  const auto outcomes = log.append(batch);
  for (std::size_t n = 0; n < outcomes.size(); ++n)
    BOOST_TEST(outcomes[n].has_value() == (n != 30));
  BOOST_TEST(log.all().size() == 49);
  check_dense(log.all());
}

} // namespace cafes::test
