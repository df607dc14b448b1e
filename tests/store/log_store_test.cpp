// SPDX-License-Identifier: MIT
#include "tests/support/open_log.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

CAFES_STORE_TEST(migrating_again_is_harmless) {
  must(under.store().migrate());
  {
    open_log log{under};
    must(log.append("account-1"));
    must(under.store().migrate());
    must(log.append("account-1"));
  }
  under.reopen();
  must(under.store().migrate());
  open_log log{under, "second"};
  BOOST_TEST(log.all().size() == 2);
}

CAFES_STORE_TEST(the_summary_of_an_empty_store_counts_nothing) {
  const auto held = must(under.store().summary());
  BOOST_TEST(held.streams == 0);
  BOOST_TEST(held.events == 0);
  BOOST_TEST(held.head == position{0});
  BOOST_TEST(held.epoch == epoch{0});
  BOOST_TEST(held.owner == "");
  BOOST_TEST(held.event_types.empty());
}

CAFES_STORE_TEST(the_summary_says_what_is_stored) {
  open_log log{under, "first"};
  must(log.append("account-1", {.events = 2}));
  must(log.append("account-2"));
  const auto held = must(under.store().summary());
  BOOST_TEST(held.streams == 2);
  BOOST_TEST(held.events == 3);
  BOOST_TEST(held.head == position{3});
  BOOST_TEST(held.epoch == epoch{1});
  BOOST_TEST(held.owner == "first");
  BOOST_REQUIRE(held.event_types.size() == 1);
  BOOST_TEST(held.event_types[0].name == "test.happened");
  BOOST_TEST(held.event_types[0].schema_version == 1);
  BOOST_TEST(held.event_types[0].shape == "{n:int64}");
}

CAFES_STORE_TEST(the_summary_names_the_backend_and_its_payload) {
  const auto held = must(under.store().summary());
  switch (under.kind()) {
    case backend::memory:
      BOOST_TEST(held.backend == "memory");
      BOOST_TEST(held.payload == "text");
      break;
    case backend::sqlite:
      BOOST_TEST(held.backend == "sqlite");
      BOOST_TEST(held.payload == "text");
      break;
    case backend::postgresql_jsonb:
      BOOST_TEST(held.backend == "postgresql");
      BOOST_TEST(held.payload == "jsonb");
      break;
    case backend::postgresql_json:
      BOOST_TEST(held.backend == "postgresql");
      BOOST_TEST(held.payload == "json");
      break;
  }
  BOOST_TEST(held.place.find(under.kind() == backend::sqlite ? under.place()
                                                             : std::string{})
             != std::string::npos);
}

BOOST_AUTO_TEST_SUITE(stores)

BOOST_AUTO_TEST_CASE(what_is_no_dsn_is_refused_with_the_forms_there_are) {
  for (const auto* dsn : {"", "cafes.db", "mysql://here", "Memory:"})
    BOOST_TEST(fails_with(errc::invalid_argument, store::open_store(dsn),
                          "sqlite:PATH"));
}

BOOST_AUTO_TEST_CASE(a_database_that_does_not_answer_is_unavailable) {
  const auto opened = store::open_store(
    "host=/nonexistent dbname=none user=none password=secret");
  if (!opened) {
    BOOST_TEST(fails_with(errc::unavailable, opened));
    BOOST_TEST(opened.error().message.find("secret") == std::string::npos);
  } else {
    BOOST_TEST(fails_with(errc::unavailable, (*opened)->migrate()));
  }
}

BOOST_AUTO_TEST_CASE(a_file_in_a_folder_that_is_not_there_is_unavailable) {
  const auto opened = store::open_store("sqlite:/nonexistent/log.db");
  if (!opened)
    BOOST_TEST(fails_with(errc::unavailable, opened));
  else
    BOOST_TEST(fails_with(errc::unavailable, (*opened)->migrate()));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
