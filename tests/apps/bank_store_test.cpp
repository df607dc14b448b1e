// SPDX-License-Identifier: MIT
#include "tests/apps/bank_at.hpp"
#include "tests/support/bank_store.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

namespace cafes::test {

namespace fs = std::filesystem;

CAFES_BANK_TEST(a_new_store_is_shown_with_its_event_types) {
  const auto ended = bank({"store", "init", "--json", "--store", store.dsn()});
  BOOST_TEST(succeeds(ended));
  const auto shown = json_of(ended);
  BOOST_TEST(shown.at("events") == 0);
  BOOST_TEST(shown.at("streams") == 0);
  BOOST_TEST(shown.at("head") == 0);
  BOOST_TEST(shown.at("epoch") == 1);
  BOOST_TEST(shown.at("owner").get<std::string>().starts_with("bank@"));
  BOOST_TEST_REQUIRE(shown.at("event_types").size() == 4U);
  const auto& type = shown.at("event_types").at(1);
  BOOST_TEST(type.at("name") == "account.deposited");
  BOOST_TEST(type.at("schema_version") == 1);
  BOOST_TEST(type.at("shape") == "{amount:int64,reference:string}");
}

CAFES_BANK_TEST(looking_at_a_store_does_not_take_it) {
  BOOST_TEST(succeeds(bank({"store", "init", "--store", store.dsn()})));
  BOOST_TEST(ends_with(0, bank({"send", "account", "7", "open",
                                R"({"owner":"ann","overdraft_limit":0})",
                                "--store", store.dsn()})));
  for (int turn = 0; turn < 2; ++turn) {
    const auto ended
      = bank({"store", "info", "--json", "--store", store.dsn()});
    BOOST_TEST(succeeds(ended));
    BOOST_TEST(json_of(ended).at("events") == 1);
    BOOST_TEST(json_of(ended).at("streams") == 1);
    BOOST_TEST(json_of(ended).at("head") == 1);
    BOOST_TEST(json_of(ended).at("epoch") == 2);
  }
}

BOOST_FIXTURE_TEST_SUITE(store_verb, bank_at)

BOOST_AUTO_TEST_CASE(a_store_is_shown_as_text) {
  const auto ended = (*this)({"store", "init"});
  BOOST_TEST(succeeds(ended));
  BOOST_TEST(ended.out.starts_with("backend         sqlite\n"
                                   "place           "
                                   + file + "\nschema version  "),
             ended);
}

BOOST_AUTO_TEST_CASE(a_store_is_made_once) {
  BOOST_TEST(succeeds((*this)({"store", "init"})));
  open_accounts();
  const auto again = (*this)({"store", "init", "--json"});
  BOOST_TEST(succeeds(again));
  BOOST_TEST(json_of(again).at("events") == 4);
}

BOOST_AUTO_TEST_CASE(reading_a_missing_file_is_refused_and_creates_nothing) {
  const std::vector<std::vector<std::string>> reads{
    {"view", "balances"}, {"stream", "read", "account-7"}, {"store", "info"}};
  for (const auto& verb : reads) {
    const auto ended = (*this)(verb);
    BOOST_TEST(ends_with(65, ended, "there is no store at " + file));
    BOOST_TEST(ended.out == "");
    BOOST_TEST(fs::is_empty(folder.path()));
  }
}

BOOST_AUTO_TEST_CASE(a_folder_is_no_store) {
  store = "sqlite:" + folder.path();
  for (const auto* verb : {"init", "info"})
    BOOST_TEST(ends_with(65, (*this)({"store", verb}),
                         "this is a folder; name a file in it"));
  BOOST_TEST(fs::is_empty(folder.path()));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_database_is_refused_and_left_alone) {
  const std::string words = "These are notes, and by no means a database.\n";
  write_file(file, words);
  const std::vector<std::vector<std::string>> verbs{{"store", "init"},
                                                    {"store", "info"},
                                                    {"view", "balances"},
                                                    {"send", "account", "7",
                                                     "close"}};
  for (const auto& verb : verbs) {
    const auto ended = (*this)(verb);
    BOOST_TEST(ends_with(65, ended, "it is no SQLite database"));
    BOOST_TEST(ended.out == "");
  }
  BOOST_TEST(fs::file_size(file) == words.size());
}

BOOST_AUTO_TEST_CASE(a_missing_folder_is_named) {
  store = "sqlite:" + folder.path() + "/missing/bank.db";
  BOOST_TEST(ends_with(69, (*this)({"store", "init"}),
                       "create the folder " + folder.path() + "/missing"));
}

BOOST_AUTO_TEST_CASE(a_store_of_no_known_form_is_refused) {
  for (const auto* name : {"bank.db", "sqlite", "sqlite:", "mysql://x", ""}) {
    store = name;
    BOOST_TEST(ends_with(65, (*this)({"store", "init"}), "invalid_argument: "));
  }
}

BOOST_AUTO_TEST_CASE(a_server_that_does_not_answer_is_unavailable) {
  store = "host=" + folder.path() + " dbname=bank";
  for (const auto* verb : {"init", "info"}) {
    const auto ended = (*this)({"store", verb});
    BOOST_TEST(ends_with(69, ended, "unavailable: PostgreSQL: connect: "));
    BOOST_TEST(ended.out == "");
  }
}

BOOST_AUTO_TEST_CASE(a_password_is_never_shown) {
  store = "host=" + folder.path() + " dbname=bank password=s3cret";
  const auto ended = (*this)({"store", "info"});
  BOOST_TEST((ended.out + ended.err).find("s3cret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_store_in_memory_is_empty_each_time) {
  store = "memory:";
  open_accounts();
  BOOST_TEST(json_of((*this)({"store", "info", "--json"})).at("events") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
