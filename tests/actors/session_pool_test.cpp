// SPDX-License-Identifier: MIT
#include "actors/session_pool.hpp"

#include "tests/support/eventually.hpp"
#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(session_pool)

namespace {

struct session {};

/// A pool of at most two, and what it opened.
struct pool_of_two {
  std::atomic<int> opened{0};
  std::atomic<bool> works{true};
  actors::session_pool<session> sessions{
    [this]() -> expected<std::unique_ptr<session>> {
      if (!works)
        return failure(errc::unavailable, "closed");
      ++opened;
      return std::make_unique<session>();
    },
    2};

  expected<int> use() {
    return sessions.with([](session&) -> expected<int> { return 7; });
  }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_session_is_opened_when_needed_and_kept) {
  pool_of_two pool;
  BOOST_TEST(pool.opened == 0);
  BOOST_TEST(must(pool.use()) == 7);
  must(pool.use());
  BOOST_TEST(pool.opened == 1);
}

BOOST_AUTO_TEST_CASE(a_failure_of_the_use_is_passed_on_and_keeps_the_session) {
  pool_of_two pool;
  const auto failed = pool.sessions.with(
    [](session&) -> expected<int> { return failure(errc::corrupt, "broken"); });
  BOOST_TEST(fails_with(errc::corrupt, failed, "broken"));
  must(pool.use());
  BOOST_TEST(pool.opened == 1);
}

BOOST_AUTO_TEST_CASE(a_session_that_cannot_be_opened_gives_its_place_back) {
  pool_of_two pool;
  pool.works = false;
  for (int n = 0; n < 5; ++n)
    BOOST_TEST(fails_with(errc::unavailable, pool.use(), "closed"));
  pool.works = true;
  must(pool.use());
}

BOOST_AUTO_TEST_CASE(an_exception_of_the_use_gives_the_place_back) {
  pool_of_two pool;
  for (int n = 0; n < 5; ++n)
    BOOST_CHECK_THROW(
      static_cast<void>(pool.sessions.with([](session&) -> expected<int> {
        throw std::runtime_error{"thrown by the test"};
      })),
      std::runtime_error);
  auto answer = std::async(std::launch::async, [&] { return pool.use(); });
  BOOST_TEST(must(get(std::move(answer))) == 7);
}

BOOST_AUTO_TEST_CASE(no_more_sessions_than_the_bound_are_used_at_once) {
  pool_of_two pool;
  std::atomic<int> inside{0};
  std::atomic<bool> too_many{false};
  std::vector<std::jthread> callers;
  for (int caller = 0; caller < 6; ++caller)
    callers.emplace_back([&] {
      for (int n = 0; n < 500; ++n)
        static_cast<void>(pool.sessions.with([&](session&) -> expected<void> {
          if (++inside > 2)
            too_many = true;
          std::this_thread::yield();
          --inside;
          return {};
        }));
    });
  callers.clear();
  BOOST_TEST(!too_many);
  BOOST_TEST(pool.opened <= 2);
}

BOOST_AUTO_TEST_CASE(who_waits_for_a_place_gets_it_when_one_is_given_back) {
  pool_of_two pool;
  std::promise<void> release;
  auto released = release.get_future().share();
  std::vector<std::future<expected<void>>> holders;
  std::atomic<int> holding{0};
  for (int n = 0; n < 2; ++n)
    holders.push_back(std::async(std::launch::async, [&] {
      return pool.sessions.with([&](session&) -> expected<void> {
        ++holding;
        released.wait();
        return {};
      });
    }));
  BOOST_REQUIRE(eventually([&] { return holding == 2; }));
  auto third = std::async(std::launch::async, [&] { return pool.use(); });
  release.set_value();
  BOOST_TEST(must(get(std::move(third))) == 7);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
