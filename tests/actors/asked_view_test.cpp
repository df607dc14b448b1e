// SPDX-License-Identifier: MIT
#include "domain/account.hpp"
#include "domain/balances.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(asked_view)

namespace {

runtime bank_of_three() {
  using namespace bank;
  auto service
    = start_in_memory(definition{}.aggregate<account>().projection<balances>());
  for (const auto* key : {"1", "2", "3"})
    accepted_by(get(service.send<account>(key, open{"ann", cents{500}})));
  for (const auto* key : {"1", "3"})
    accepted_by(
      get(service.send<account>(key, withdraw{cents{key[0] - '0'}, "rent"})));
  return service;
}

} // namespace

BOOST_AUTO_TEST_CASE(overdrawn_accounts_are_paged_and_summed) {
  using bank::balances;
  auto running = bank_of_three();
  std::vector<std::string> keys;
  // [query]
  const auto fresh = cafes::freshness{running.status().head};
  const cafes::view_selection overdrawn{
    .where = {{"balance", cafes::comparison::less, 0},
              {"is_open", cafes::comparison::equal, true}}};

  cafes::view_query asked{.select = overdrawn, .descending = true, .limit = 1};
  for (bool more = true; more;) {
    const auto page = running.query<balances>(asked, fresh).value();
    for (const auto& [key, account] : page.documents)
      keys.push_back(key);
    more = page.more_after.has_value();
    asked.after_key = page.more_after.value_or("");
  }
  const auto debt = running.sum<balances>("balance", overdrawn, fresh).value();
  // [/query]
  BOOST_TEST(keys == (std::vector<std::string>{"3", "1"}),
             boost::test_tools::per_element());
  BOOST_TEST(debt.value == -4);
  BOOST_TEST(debt.checkpoint == position{5});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
