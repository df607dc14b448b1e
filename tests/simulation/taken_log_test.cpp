// SPDX-License-Identifier: MIT
#include "domain/account.hpp"
#include "tests/simulation/callers.hpp"
#include "tests/simulation/simulated_process.hpp"

#include <cafes/detail/typed_aggregate.hpp>

#include <boost/test/unit_test.hpp>

using namespace cafes;

namespace {

/// A process whose log another owner has had since, without its knowledge.
struct fenced_off_process {
  fenced_off_process() {
    around.is_healed = true; // nothing else goes wrong
    static_cast<void>(server.let_other_take());
    server.let_other_go();
  }

  test::sending& send(const stream_name& stream) {
    const auto state = detail::make_aggregate_type<bank::account>().initial();
    auto& one = callers.probe(stream, *state);
    process->send(one, [&one](detail::erased_outcome&& ended) {
      one.ended = std::move(ended);
    });
    while (process->has_work())
      process->step();
    return one;
  }

  test::world around{1};
  test::model_server server{around};
  std::shared_ptr<test::model_store> store
    = std::make_shared<test::model_store>(server);
  test::sendings sent;
  test::callers callers{around, sent};
  std::unique_ptr<test::simulated_process> process
    = test::simulated_process::start(around, store, "this");
};

} // namespace

BOOST_AUTO_TEST_SUITE(taken_log)

// What the log says at once needs no doubt: nothing of it is stored.
BOOST_AUTO_TEST_CASE(a_write_after_another_owner_is_not_owner_and_not_unknown) {
  fenced_off_process under;
  const auto& first = under.send({"account", "1"});
  BOOST_REQUIRE(first.failed() != nullptr);
  BOOST_TEST(to_string(first.failed()->code) == "not_owner");
  BOOST_TEST(under.server.log()->events.empty());
  const auto& later = under.send({"account", "2"});
  BOOST_REQUIRE(later.failed() != nullptr);
  BOOST_TEST(to_string(later.failed()->code) == "not_owner");
}

BOOST_AUTO_TEST_SUITE_END()
