// SPDX-License-Identifier: MIT
#include "store/postgres/conninfo.hpp"

#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <map>

namespace cafes::test {

namespace {

std::map<std::string, std::string> read(const std::string& dsn) {
  const auto conninfo = must(store::postgres::read_conninfo(dsn));
  std::map<std::string, std::string> read;
  for (std::size_t n = 0; n < conninfo.keywords.size(); ++n)
    read[conninfo.keywords[n]] = conninfo.values[n];
  return read;
}

} // namespace

BOOST_AUTO_TEST_SUITE(conninfo)

BOOST_AUTO_TEST_CASE(a_silent_server_is_noticed_within_seconds) {
  for (const auto* dsn : {"host=db", "postgresql://db/bank"}) {
    auto set = read(dsn);
    BOOST_TEST(set["host"] == "db");
    BOOST_TEST(set["tcp_user_timeout"] == "15000");
    BOOST_TEST(set["keepalives_idle"] == "5");
    BOOST_TEST(set["keepalives_interval"] == "3");
    BOOST_TEST(set["keepalives_count"] == "3");
    if (std::getenv("PGCONNECT_TIMEOUT") == nullptr)
      BOOST_TEST(set["connect_timeout"] == "5");
  }
}

BOOST_AUTO_TEST_CASE(what_the_dsn_says_goes_before_our_defaults) {
  auto set = read("host=db connect_timeout=2 tcp_user_timeout=900");
  BOOST_TEST(set["connect_timeout"] == "2");
  BOOST_TEST(set["tcp_user_timeout"] == "900");
  BOOST_TEST(set["keepalives_count"] == "3");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
