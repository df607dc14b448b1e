// SPDX-License-Identifier: MIT
#include "tests/support/eventually.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(view_watches)

namespace {

/// What a watch has told so far, and the answer that it comes to.
class listener {
public:
  void operator()(const expected<view_change<sums::document>>& told) {
    const std::lock_guard lock{mutex_};
    ++count_;
    if (!told) {
      failed_.push_back(told.error().code);
      return;
    }
    for (const auto& [key, document] : told->put)
      answer_[key] = document.sum;
    for (const auto& key : told->gone)
      answer_.erase(key);
    ordered_ = ordered_ && checkpoint_ <= told->checkpoint;
    checkpoint_ = told->checkpoint;
  }

  [[nodiscard]] bool comes_to(const std::map<std::string, std::int64_t>& sums) {
    return eventually([&] {
      const std::lock_guard lock{mutex_};
      return answer_ == sums;
    });
  }

  [[nodiscard]] int count() const {
    const std::lock_guard lock{mutex_};
    return count_;
  }

  [[nodiscard]] std::vector<errc> failed() const {
    const std::lock_guard lock{mutex_};
    return failed_;
  }

  [[nodiscard]] bool is_ordered() const {
    const std::lock_guard lock{mutex_};
    return ordered_;
  }

private:
  mutable std::mutex mutex_;
  int count_ = 0;
  std::vector<errc> failed_;
  std::map<std::string, std::int64_t> answer_;
  position checkpoint_;
  bool ordered_ = true;
};

subscription watch(runtime& service, listener& heard,
                   const cafes::view_query& asked = {}) {
  return must(
    service.watch<sums>(asked, [&heard](const auto& told) { heard(told); }));
}

void add_to(runtime& service, const std::string& key, std::int64_t amount = 1) {
  accepted_by(get(service.send<tally>(key, add{amount, ""})));
}

cafes::view_query key_is(const std::string& key) {
  cafes::view_query asked;
  asked.select.from_key = asked.select.to_key = key;
  return asked;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_watch_tells_the_answer_and_then_its_changes) {
  auto service = start_in_memory(tallies());
  add_to(service, "1");
  add_to(service, "2");
  must(service.drain(long_enough));
  listener heard;
  const auto watching = watch(service, heard);
  BOOST_TEST(heard.comes_to({{"1", 1}, {"2", 1}}));
  BOOST_TEST(heard.count() == 1);
  add_to(service, "1", 5);
  BOOST_TEST(heard.comes_to({{"1", 6}, {"2", 1}}));
  add_to(service, "3", 7);
  BOOST_TEST(heard.comes_to({{"1", 6}, {"2", 1}, {"3", 7}}));
  BOOST_TEST(heard.is_ordered());
}

BOOST_AUTO_TEST_CASE(an_empty_answer_is_told_too) {
  auto service = start_in_memory(tallies());
  listener heard;
  const auto watching = watch(service, heard, key_is("1"));
  BOOST_TEST(eventually([&] { return heard.count() == 1; }));
  add_to(service, "1");
  BOOST_TEST(heard.comes_to({{"1", 1}}));
}

BOOST_AUTO_TEST_CASE(what_is_not_asked_for_is_not_told) {
  auto service = start_in_memory(tallies());
  add_to(service, "1");
  must(service.drain(long_enough));
  listener heard;
  listener others;
  const auto watching = watch(service, heard, key_is("1"));
  const auto beside = watch(service, others, key_is("2"));
  BOOST_TEST(heard.comes_to({{"1", 1}}));
  add_to(service, "2");
  BOOST_TEST(others.comes_to({{"2", 1}}));
  BOOST_TEST(heard.count() == 1);
}

BOOST_AUTO_TEST_CASE(what_meets_its_conditions_no_more_is_gone) {
  auto service = start_in_memory(tallies());
  add_to(service, "1");
  listener heard;
  cafes::view_query small;
  small.select.where = {{"sum", comparison::less, std::int64_t{3}}};
  const auto watching = watch(service, heard, small);
  BOOST_TEST(heard.comes_to({{"1", 1}}));
  add_to(service, "1", 5);
  BOOST_TEST(heard.comes_to({}));
}

BOOST_AUTO_TEST_CASE(the_end_of_many_changes_is_never_left_out) {
  auto service = start_in_memory(tallies());
  listener heard;
  const auto watching = watch(service, heard);
  for (int n = 0; n < 300; ++n)
    add_to(service, std::to_string(n % 3));
  BOOST_TEST(heard.comes_to({{"0", 100}, {"1", 100}, {"2", 100}}));
  BOOST_TEST(heard.is_ordered());
}

BOOST_AUTO_TEST_CASE(a_watch_that_has_ended_tells_nothing) {
  auto service = start_in_memory(tallies());
  listener heard;
  listener others;
  auto ended = watch(service, heard);
  const auto beside = watch(service, others);
  BOOST_TEST(eventually([&] { return heard.count() == 1; }));
  ended.end();
  ended.end();
  add_to(service, "1");
  BOOST_TEST(others.comes_to({{"1", 1}}));
  BOOST_TEST(heard.count() == 1);
}

BOOST_AUTO_TEST_CASE(a_watch_ends_itself) {
  auto service = start_in_memory(tallies());
  listener others;
  std::atomic<int> told{0};
  std::atomic<bool> is_held{false};
  subscription own;
  own = must(service.watch<sums>({}, [&](const auto&) {
    while (!is_held) // until it has been assigned
      std::this_thread::yield();
    ++told;
    own.end();
  }));
  is_held = true;
  const auto beside = watch(service, others);
  BOOST_TEST(eventually([&] { return told == 1; }));
  add_to(service, "1");
  BOOST_TEST(others.comes_to({{"1", 1}}));
  BOOST_TEST(told == 1);
}

BOOST_AUTO_TEST_CASE(a_listener_that_owns_its_watch_is_stopped_with_it) {
  auto service = start_in_memory(tallies());
  listener others;
  auto own = std::make_shared<subscription>();
  const std::weak_ptr<subscription> still = own;
  *own = must(service.watch<sums>({}, [own](const auto&) {}));
  const auto beside = watch(service, others);
  BOOST_TEST(eventually([&] { return others.count() == 1; }));
  own.reset(); // now the watch alone holds it
  service.stop();
  BOOST_TEST(still.expired());
}

BOOST_AUTO_TEST_CASE(one_that_throws_goes_on_and_harms_nobody) {
  auto service = start_in_memory(tallies());
  listener others;
  std::atomic<int> told{0};
  const auto throwing = must(service.watch<sums>({}, [&](const auto&) {
    ++told;
    throw std::runtime_error{"I will not listen"};
  }));
  const auto beside = watch(service, others);
  add_to(service, "1");
  BOOST_TEST(others.comes_to({{"1", 1}}));
  BOOST_TEST(eventually([&] { return told >= 1; }));
  const auto before = told.load();
  add_to(service, "1");
  BOOST_TEST(eventually([&] { return told > before; }));
}

BOOST_AUTO_TEST_CASE(what_was_parked_and_is_applied_is_told) {
  auto service = start_in_memory(tallies());
  sums::fails_from = 2;
  add_to(service, "1");
  add_to(service, "1");
  must(service.drain(long_enough));
  listener heard;
  const auto watching = watch(service, heard);
  BOOST_TEST(heard.comes_to({{"1", 1}}));
  sums::fails_from = 0;
  must(service.retry_parked("sums"));
  BOOST_TEST(heard.comes_to({{"1", 2}}));
}

BOOST_AUTO_TEST_CASE(a_view_that_is_made_elsewhere_is_watched) {
  const auto store = std::make_shared<faulty_store>();
  auto owner = start_on(store, tallies());
  must(owner.drain(long_enough));
  auto reader = start_on(store, tallies(), quick(), participation::reader);
  listener heard;
  const auto watching = watch(reader, heard);
  add_to(owner, "1", 4);
  BOOST_TEST(heard.comes_to({{"1", 4}}));
}

BOOST_AUTO_TEST_CASE(a_failure_is_told_once_and_the_rest_after_it) {
  const auto store = std::make_shared<faulty_store>();
  auto service = start_on(store, tallies());
  add_to(service, "1");
  must(service.drain(long_enough));
  store->faults().plan(store_call::query, store_fault::fails, 1, 3);
  listener heard;
  const auto watching = watch(service, heard);
  BOOST_TEST(heard.comes_to({{"1", 1}}));
  BOOST_TEST((heard.failed() == std::vector<errc>{errc::unavailable}));
}

BOOST_AUTO_TEST_CASE(the_bound_of_watches_is_kept_and_one_more_refused) {
  auto with = quick();
  with.watches_max = 2;
  auto service = start_in_memory(tallies(), with);
  listener heard;
  auto first = watch(service, heard);
  const auto second = watch(service, heard);
  BOOST_TEST(
    fails_with(errc::overloaded, service.watch<sums>({}, [](const auto&) {})));
  first.end();
  const auto third = watch(service, heard);
}

BOOST_AUTO_TEST_CASE(what_makes_no_sense_is_refused) {
  auto service = start_in_memory(tallies());
  const auto nobody = [](const auto&) {};
  cafes::view_query asked;
  asked.select.where = {{"nothing", comparison::equal, std::int64_t{1}}};
  BOOST_TEST(
    fails_with(errc::invalid_argument, service.watch<sums>(asked, nobody)));
  BOOST_TEST(fails_with(errc::invalid_argument,
                        service.watch_documents("nobody", {}, nobody)));
}

BOOST_AUTO_TEST_CASE(a_stop_ends_all_watches_and_a_subscription_may_stay) {
  listener heard;
  subscription watching;
  {
    auto service = start_in_memory(tallies());
    watching = watch(service, heard);
    BOOST_TEST(eventually([&] { return heard.count() == 1; }));
    service.stop();
    BOOST_TEST(fails_with(errc::shutting_down,
                          service.watch<sums>({}, [](const auto&) {})));
  }
  watching.end();
  BOOST_TEST(heard.count() == 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
