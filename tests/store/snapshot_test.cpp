// SPDX-License-Identifier: MIT
#include "tests/support/ask_sql.hpp"
#include "tests/support/open_log.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

#include <span>

// Snapshots: what is kept, what replaces what, and what is left out.

namespace cafes::test {

namespace {

using store::kept_snapshot;
using store::stored_snapshot;

/// A log whose account-1 has ten events, and a session that keeps snapshots.
struct kept_log : open_log {
  explicit kept_log(store_under_test& under)
    : open_log{under},
      keeper{must(under.store().open_snapshot_writer())},
      account{must(append("account-1", {.events = 10})).id} {}

  [[nodiscard]] kept_snapshot
  taken(std::int64_t at, const std::string& content = "content",
        const std::string& fingerprint = "account 1") const {
    return {account, {version{at}, fingerprint, content}};
  }

  void keep(const std::vector<kept_snapshot>& some) {
    must(keeper->keep(some));
  }

  /// The content of account-1's snapshot, or "none", or "foreign".
  [[nodiscard]] std::string
  stored(const std::string& fingerprint = "account 1") {
    const auto found = recover("account-1", fingerprint);
    if (found.foreign_snapshot)
      return "foreign";
    return found.snapshot ? found.snapshot->content : "none";
  }

  std::unique_ptr<store::snapshot_writer> keeper;
  store::stream_id account;
};

std::string every_byte() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte)
    bytes += static_cast<char>(byte);
  return bytes;
}

} // namespace

CAFES_STORE_TEST(a_snapshot_comes_back_byte_for_byte) {
  kept_log log{under};
  for (const auto& content : {every_byte(), std::string{}, std::string(3, '\0'),
                              std::string{"\\x41 {\"a\",NULL} \xff"}}) {
    log.keep({log.taken(7, content, "\"account\" {1,\\ä}")});
    const auto found = log.recover("account-1", "\"account\" {1,\\ä}");
    BOOST_REQUIRE(found.snapshot.has_value());
    BOOST_TEST(found.snapshot->at_version == version{7});
    BOOST_TEST(found.snapshot->fingerprint == "\"account\" {1,\\ä}");
    BOOST_TEST((found.snapshot->content == content));
    BOOST_TEST(!found.foreign_snapshot);
  }
}

CAFES_STORE_TEST(a_newer_snapshot_replaces_an_older_one) {
  kept_log log{under};
  log.keep({log.taken(3, "older")});
  log.keep({log.taken(4, "newer")});
  BOOST_TEST(log.stored() == "newer");
}

CAFES_STORE_TEST(an_older_snapshot_never_replaces_a_newer_one) {
  kept_log log{under};
  log.keep({log.taken(4, "newer")});
  log.keep({log.taken(3, "older")});
  BOOST_TEST(log.stored() == "newer");
  BOOST_TEST(
    (log.recover("account-1", "account 1").snapshot->at_version == version{4}));
}

CAFES_STORE_TEST(a_snapshot_of_the_same_version_is_the_one_kept_last) {
  kept_log log{under};
  log.keep({log.taken(4, "first")});
  log.keep({log.taken(4, "last")});
  BOOST_TEST(log.stored() == "last");
}

CAFES_STORE_TEST(a_foreign_snapshot_is_replaced_whatever_its_version) {
  kept_log log{under};
  log.keep({log.taken(9, "of another release", "account 2")});
  log.keep({log.taken(3, "ours")});
  BOOST_TEST(log.stored() == "ours");
  BOOST_TEST(log.stored("account 2") == "foreign");
}

CAFES_STORE_TEST(a_snapshot_ahead_of_its_stream_is_left_out) {
  kept_log log{under};
  log.keep({log.taken(11, "ahead"), log.taken(0, "before")});
  BOOST_TEST(log.stored() == "none");
  log.keep({log.taken(10, "head")});
  log.keep({log.taken(11, "ahead"), log.taken(std::int64_t{1} << 40, "far")});
  BOOST_TEST(log.stored() == "head");
}

CAFES_STORE_TEST(a_snapshot_of_no_stream_is_left_out_and_harms_no_other) {
  kept_log log{under};
  auto lost = log.taken(1, "lost");
  lost.stream = store::stream_id{1000};
  auto none = log.taken(1, "none");
  none.stream = store::stream_id{};
  log.keep({lost, none, log.taken(5, "kept")});
  BOOST_TEST(log.stored() == "kept");
  for (int n = 0; n < 3; ++n)
    must(log.append("order-" + std::to_string(n)));
  BOOST_TEST(!log.recover("order-0", "account 1").snapshot.has_value());
}

CAFES_STORE_TEST(snapshots_of_one_stream_are_kept_one_after_the_other) {
  kept_log log{under};
  log.keep({log.taken(3, "3"), log.taken(8, "8"), log.taken(5, "5")});
  BOOST_TEST(log.stored() == "8");
  log.keep({log.taken(9, "9"), log.taken(2, "2", "account 2")});
  BOOST_TEST(log.stored("account 2") == "2");
}

CAFES_STORE_TEST(many_snapshots_are_kept_at_once_and_no_more) {
  kept_log log{under};
  std::vector<kept_snapshot> some;
  for (std::size_t n = 0; n < limits::snapshots_max; ++n) {
    const auto name = "order-" + std::to_string(n);
    some.push_back(
      {must(log.append(name)).id, {version{1}, "order 1", std::to_string(n)}});
  }
  log.keep(some);
  for (std::size_t n = 0; n < limits::snapshots_max; ++n)
    BOOST_TEST(
      (log.recover("order-" + std::to_string(n), "order 1").snapshot->content
       == std::to_string(n)));
  some.push_back(log.taken(1));
  BOOST_TEST(fails_with(errc::limit_exceeded, log.keeper->keep(some)));
  BOOST_TEST(log.stored() == "none");
  log.keep({});
}

CAFES_STORE_TEST(a_snapshot_has_at_most_4_mib) {
  kept_log log{under};
  std::string content;
  while (content.size() < limits::snapshot_bytes_max)
    content += every_byte();
  log.keep({log.taken(1, content), log.taken(2, content)});
  BOOST_TEST((log.stored() == content));
  const std::vector above{log.taken(4), log.taken(3, content + "1")};
  BOOST_TEST(fails_with(errc::limit_exceeded, log.keeper->keep(above)));
  BOOST_TEST(
    (log.recover("account-1", "account 1").snapshot->at_version == version{2}));
}

CAFES_STORE_TEST(a_fingerprint_is_text_of_at_most_64_kib) {
  kept_log log{under};
  const std::string longest(limits::fingerprint_bytes_max, 'f');
  log.keep({log.taken(1, "content", longest)});
  BOOST_TEST(log.stored(longest) == "content");
  const auto refused = [&](const std::string& fingerprint) {
    return log.keeper->keep(std::vector{log.taken(1, "", fingerprint)});
  };
  BOOST_TEST(fails_with(errc::limit_exceeded, refused(longest + "f")));
  BOOST_TEST(fails_with(errc::invalid_argument, refused("")));
  BOOST_TEST(fails_with(errc::invalid_argument, refused("\xff")));
  BOOST_TEST(
    fails_with(errc::invalid_argument, refused(std::string{"a\0b", 3})));
}

CAFES_STORE_TEST(snapshots_are_there_when_the_store_is_opened_again,
                 {backend::sqlite, backend::postgresql_jsonb}) {
  {
    kept_log log{under};
    log.keep({log.taken(6, every_byte())});
  }
  under.reopen();
  open_log log{under, "second"};
  const auto found = log.recover("account-1", "account 1");
  BOOST_TEST((found.snapshot->content == every_byte()));
  BOOST_TEST(found.events.size() == 4);
}

CAFES_STORE_TEST(snapshots_are_kept_beside_appends) {
  kept_log log{under};
  for (std::int64_t n = 11; n <= 30; ++n) {
    must(log.append("account-1"));
    log.keep({log.taken(n, std::to_string(n))});
    BOOST_TEST(log.stored() == std::to_string(n));
  }
  BOOST_TEST(log.writer->taken() == epoch{1});
  check_dense(log.all());
}

CAFES_STORE_TEST(snapshots_need_no_owner_of_the_log) {
  store::stream_id account;
  {
    kept_log log{under};
    account = log.account;
  }
  const auto keeper = must(under.store().open_snapshot_writer());
  const std::vector<kept_snapshot> some{
    {account, {version{2}, "account 1", "kept"}}};
  must(keeper->keep(some));
  open_log log{under, "second"};
  BOOST_TEST(
    (log.recover("account-1", "account 1").snapshot->content == "kept"));
}

CAFES_STORE_TEST(emptied_snapshots_leave_a_whole_log,
                 {backend::sqlite, backend::postgresql_jsonb}) {
  kept_log log{under};
  log.keep({log.taken(6)});
  ask_sql(under, "DELETE FROM snapshots");
  BOOST_TEST(log.stored() == "none");
  BOOST_TEST(log.recover("account-1", "account 1").events.size() == 10);
}

CAFES_STORE_TEST(a_snapshot_is_kept_on_a_new_session_when_one_has_ended,
                 {backend::postgresql_jsonb}) {
  kept_log log{under};
  log.keep({log.taken(3, "before")});
  const auto ended
    = ask_sql(under, "SELECT pg_terminate_backend(pid, 10000)"
                     " FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                     " AND application_name = current_schema()");
  BOOST_REQUIRE(!ended.empty());
  log.keep({log.taken(4, "after")});
  BOOST_TEST(log.stored() == "after");
}

} // namespace cafes::test
