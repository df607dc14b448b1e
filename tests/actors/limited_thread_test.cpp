// SPDX-License-Identifier: MIT
#include "actors/read/limited_thread.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(limited_thread)

namespace {

using namespace std::chrono_literals;
using ended = actors::limited_thread::ended;

constexpr auto long_enough = 60s;

const void* nowhere() {
  return nullptr;
}

} // namespace

BOOST_AUTO_TEST_CASE(work_is_done_by_one_other_thread) {
  actors::limited_thread thread;
  std::thread::id first;
  std::thread::id second;
  BOOST_TEST((thread.run([&] { first = std::this_thread::get_id(); },
                         long_enough, nowhere)
              == ended::done));
  BOOST_TEST((thread.run([&] { second = std::this_thread::get_id(); },
                         long_enough, nowhere)
              == ended::done));
  BOOST_TEST((first == second));
  BOOST_TEST((first != std::this_thread::get_id()));
  BOOST_TEST(thread.left() == 0U);
}

BOOST_AUTO_TEST_CASE(work_that_throws_is_told_and_the_next_is_done) {
  actors::limited_thread thread;
  BOOST_TEST(
    (thread.run([] { throw std::runtime_error{"no"}; }, long_enough, nowhere)
     == ended::threw));
  BOOST_TEST(
    (thread.run([] { throw 42; }, long_enough, nowhere) == ended::threw));
  BOOST_TEST((thread.run([] {}, long_enough, nowhere) == ended::done));
}

BOOST_AUTO_TEST_CASE(work_that_does_not_come_back_is_left_to_itself) {
  actors::limited_thread thread;
  const auto back = std::make_shared<std::promise<void>>();
  auto came = std::make_shared<std::promise<void>>();
  auto has_come = came->get_future();
  BOOST_TEST((thread.run(
                [wait = back->get_future().share(), came] {
                  wait.wait();
                  came->set_value();
                },
                20ms, nowhere)
              == ended::late));
  BOOST_TEST(thread.left() == 1U);
  BOOST_TEST((thread.run([] {}, long_enough, nowhere) == ended::done));
  back->set_value();
  has_come.wait();
}

BOOST_AUTO_TEST_CASE(work_that_gets_on_may_take_longer_than_the_limit) {
  actors::limited_thread thread;
  std::atomic<int> looks{0};
  std::promise<void> enough;
  auto is_enough = enough.get_future();
  static constexpr char places[2] = {};
  const auto moving = [&]() -> const void* {
    if (++looks == 50)
      enough.set_value();
    return &places[looks % 2];
  };
  BOOST_TEST(
    (thread.run([&] { is_enough.wait(); }, 20ms, moving) == ended::done));
  BOOST_TEST(looks >= 50);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
