// SPDX-License-Identifier: MIT
#include "tests/support/ask_sql.hpp"
#include "tests/support/open_log.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

// Recovery: several streams at once, each from its snapshot or from the start.

namespace cafes::test {

namespace {

using store::kept_snapshot;
using store::recovery_request;

using versions = std::vector<std::int64_t>;

versions versions_of(const std::vector<recorded_event>& events) {
  versions found;
  for (const auto& event : events)
    found.push_back(event.at_version.value());
  return found;
}

void keep(store_under_test& under, store::stream_id of, std::int64_t at,
          const std::string& fingerprint = "ours") {
  const std::vector<kept_snapshot> some{
    {of, {version{at}, fingerprint, "folded"}}};
  must(must(under.store().open_snapshot_writer())->keep(some));
}

/// So many times the same request, of an empty stream.
std::vector<recovery_request> requests(std::size_t count) {
  return std::vector<recovery_request>(count, {stream("account-1"), "ours"});
}

} // namespace

CAFES_STORE_TEST(a_stream_without_snapshot_is_recovered_from_its_start) {
  open_log log{under};
  const auto stored = must(log.append("account-1", {.events = 3}));
  const auto found = log.recover("account-1", "ours");
  BOOST_TEST(found.id == stored.id);
  BOOST_TEST(!found.snapshot.has_value());
  BOOST_TEST(!found.foreign_snapshot);
  BOOST_TEST((versions_of(found.events) == versions{1, 2, 3}));
}

CAFES_STORE_TEST(recovered_events_are_those_that_are_read) {
  open_log log{under};
  must(log.append("order-1"));
  must(log.append("account-1", {.events = 2, .command_id = command(1)}));
  must(log.append("account-1", {.data = R"({"text":"\u00e4 \"quoted\""})"}));
  const auto found = log.recover("account-1").events;
  const auto read = log.all_of("account-1");
  BOOST_REQUIRE(found.size() == read.size());
  for (std::size_t n = 0; n < read.size(); ++n) {
    BOOST_TEST(found[n].at == read[n].at);
    BOOST_TEST(found[n].stream == read[n].stream);
    BOOST_TEST(found[n].at_version == read[n].at_version);
    BOOST_TEST(found[n].type == read[n].type);
    BOOST_TEST(found[n].schema_version == read[n].schema_version);
    BOOST_TEST((found[n].recorded_at == read[n].recorded_at));
    BOOST_TEST((found[n].from == read[n].from));
    BOOST_TEST(found[n].data == read[n].data);
    BOOST_TEST(found[n].metadata == read[n].metadata);
  }
}

CAFES_STORE_TEST(a_snapshot_comes_with_the_events_after_it) {
  open_log log{under};
  const auto stored = must(log.append("account-1", {.events = 5}));
  keep(under, stored.id, 3);
  const auto found = log.recover("account-1", "ours");
  BOOST_TEST((found.snapshot->content == "folded"));
  BOOST_TEST((versions_of(found.events) == versions{4, 5}));
}

CAFES_STORE_TEST(a_snapshot_of_the_whole_stream_comes_without_events) {
  open_log log{under};
  const auto stored = must(log.append("account-1", {.events = 5}));
  keep(under, stored.id, 5);
  const auto found = log.recover("account-1", "ours");
  BOOST_TEST(found.id == stored.id);
  BOOST_TEST((found.snapshot->at_version == version{5}));
  BOOST_TEST(found.events.empty());
}

CAFES_STORE_TEST(a_foreign_snapshot_is_reported_and_not_loaded) {
  open_log log{under};
  const auto stored = must(log.append("account-1", {.events = 2}));
  keep(under, stored.id, 2, "theirs");
  const auto found = log.recover("account-1", "ours");
  BOOST_TEST(found.foreign_snapshot);
  BOOST_TEST(!found.snapshot.has_value());
  BOOST_TEST((versions_of(found.events) == versions{1, 2}));
}

CAFES_STORE_TEST(who_wants_no_snapshot_hears_of_none) {
  open_log log{under};
  const auto stored = must(log.append("account-1", {.events = 2}));
  keep(under, stored.id, 2);
  const auto found = log.recover("account-1");
  BOOST_TEST(!found.foreign_snapshot);
  BOOST_TEST(!found.snapshot.has_value());
  BOOST_TEST((versions_of(found.events) == versions{1, 2}));
}

CAFES_STORE_TEST(an_unknown_stream_is_recovered_as_nothing) {
  open_log log{under};
  must(log.append("account-1"));
  const auto found = log.recover("account-2", "ours");
  BOOST_TEST(found.id == store::stream_id{});
  BOOST_TEST(!found.snapshot.has_value());
  BOOST_TEST(!found.foreign_snapshot);
  BOOST_TEST(found.events.empty());
}

CAFES_STORE_TEST(streams_are_recovered_in_the_order_of_the_requests) {
  open_log log{under};
  must(log.append("account-1", {.events = 2}));
  const auto two = must(log.append("account-2", {.events = 4})).id;
  must(log.append("account-1"));
  must(log.append("account-3"));
  keep(under, two, 3);
  const std::vector<recovery_request> wanted{
    {stream("account-3"), ""},     {stream("account-2"), "ours"},
    {stream("account-9"), "ours"}, {stream("account-1"), "ours"},
    {stream("account-2"), ""},     {stream("account-2"), "theirs"},
    {stream("account-2"), "ours"}};
  const auto found = must(log.reader->recover(wanted, 10));
  std::vector<versions> all;
  for (const auto& one : found)
    all.push_back(versions_of(one.events));
  const std::vector<versions> as_asked{
    {1}, {4}, {}, {1, 2, 3}, {1, 2, 3, 4}, {1, 2, 3, 4}, {4}};
  BOOST_TEST((all == as_asked));
  BOOST_TEST((found[1].snapshot == found[6].snapshot));
  BOOST_TEST(found[5].foreign_snapshot);
  BOOST_TEST(!found[4].foreign_snapshot);
  for (std::size_t n = 0; n < wanted.size(); ++n)
    for (const auto& event : found[n].events)
      BOOST_TEST(event.stream == wanted[n].stream);
}

CAFES_STORE_TEST(each_stream_is_recovered_up_to_the_limit) {
  open_log log{under};
  must(log.append("account-1", {.events = 5}));
  const auto two = must(log.append("account-2", {.events = 5})).id;
  keep(under, two, 2);
  const std::vector<recovery_request> wanted{{stream("account-1"), "ours"},
                                             {stream("account-2"), "ours"}};
  const auto found = must(log.reader->recover(wanted, 3));
  BOOST_TEST((versions_of(found[0].events) == versions{1, 2, 3}));
  BOOST_TEST((versions_of(found[1].events) == versions{3, 4, 5}));
  const auto one = must(log.reader->recover(wanted, 1));
  BOOST_TEST((versions_of(one[1].events) == versions{3}));
  BOOST_TEST((one[1].snapshot->content == "folded"));
}

CAFES_STORE_TEST(a_recovery_has_at_most_64_streams_and_1000_events_of_each) {
  open_log log{under};
  const auto& reader = log.reader;
  const auto most = requests(limits::recovery_streams_max);
  BOOST_TEST(must(reader->recover(most, 1)).size() == most.size());
  BOOST_TEST(
    fails_with(errc::limit_exceeded,
               reader->recover(requests(limits::recovery_streams_max + 1), 1)));
  BOOST_TEST(fails_with(errc::limit_exceeded,
                        reader->recover(most, limits::page_events_max + 1)));
  BOOST_TEST(must(reader->recover({}, 1)).empty());
}

CAFES_STORE_TEST(a_recovery_of_1000_events_continues_with_read_stream) {
  open_log log{under};
  must(log.append("account-1", {.events = 999}));
  must(log.append("account-1", {.events = 2}));
  const auto found = log.recover("account-1");
  BOOST_TEST(found.events.size() == limits::page_events_max);
  const auto rest
    = must(log.reader->read_stream(stream("account-1"), version{1001}, 10));
  BOOST_TEST((versions_of(rest.events) == versions{1001}));
}

CAFES_STORE_TEST(an_event_that_is_missing_makes_a_stream_corrupt,
                 {backend::sqlite, backend::postgresql_jsonb}) {
  open_log log{under};
  const auto stored = must(log.append("account-1", {.events = 5}));
  keep(under, stored.id, 2);
  ask_sql(under, under.kind() == backend::sqlite
                   ? "DROP TRIGGER events_are_never_deleted;"
                     "DELETE FROM events WHERE version = 3"
                   : "ALTER TABLE events DISABLE TRIGGER refuse_change;"
                     "DELETE FROM events WHERE version = 3");
  for (const auto* fingerprint : {"", "ours"}) {
    const std::vector<recovery_request> wanted{
      {stream("account-1"), fingerprint}};
    BOOST_TEST(fails_with(errc::corrupt, log.reader->recover(wanted, 10),
                          "account-1: version 3 is missing"));
  }
}

CAFES_STORE_TEST(a_reader_whose_session_ended_recovers_again,
                 {backend::postgresql_jsonb}) {
  open_log log{under};
  must(log.append("account-1", {.events = 2}));
  BOOST_TEST(log.recover("account-1").events.size() == 2);
  const auto ended
    = ask_sql(under, "SELECT pg_terminate_backend(pid, 10000)"
                     " FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                     " AND application_name = current_schema()");
  BOOST_REQUIRE(!ended.empty());
  BOOST_TEST(log.recover("account-1").events.size() == 2);
}

} // namespace cafes::test
