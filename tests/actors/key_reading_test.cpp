// SPDX-License-Identifier: MIT
#include "actors/react/key_reading.hpp"

#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(key_reading)

namespace {

using namespace std::chrono_literals;
using handlers_ptr = std::shared_ptr<detail::reactor_handlers>;

/// Who waits goes on when it is opened. Shared with threads that are lost.
class gate {
public:
  void open() {
    const std::lock_guard lock{mutex_};
    is_open_ = true;
    opened_.notify_all();
  }

  void wait() {
    std::unique_lock lock{mutex_};
    opened_.wait(lock, [this] { return is_open_; });
  }

private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool is_open_ = false;
};

/// Does what an event's data says.
class obedient final : public detail::reactor_handlers {
public:
  explicit obedient(std::shared_ptr<gate> held) : held_{std::move(held)} {}

  [[nodiscard]] read_event read(const recorded_event& stored) const override {
    if (stored.data == "hang")
      held_->wait();
    if (stored.data == "no memory")
      throw std::bad_alloc{};
    if (stored.data == "left out")
      return {};
    return {stored.data, {}};
  }

  [[nodiscard]] std::optional<detail::reaction_failure>
  react(const recorded_event&, std::string_view, int) override {
    return {};
  }

private:
  std::shared_ptr<gate> held_;
};

/// Reads, and lets those go that hang when it has done so.
struct reader {
  ~reader() { held->open(); }

  std::vector<actors::key_reading::read_event>
  read(const std::vector<std::string>& data, std::size_t lost_max = 4) {
    auto events = std::make_shared<std::vector<recorded_event>>();
    for (const auto& each : data) {
      recorded_event event;
      event.at = position{static_cast<std::int64_t>(events->size()) + 1};
      event.data = each;
      events->push_back(event);
    }
    actors::key_reading::events given{events, {}};
    for (const auto& event : *events)
      given.all.push_back(&event);
    return keys.read(std::make_shared<obedient>(held), given, lost_max);
  }

  std::shared_ptr<gate> held = std::make_shared<gate>();
  actors::key_reading keys{20ms};
};

detail::reactor_type opened_by(std::function<expected<handlers_ptr>()> open) {
  detail::reactor_type type;
  type.name = "obedient";
  type.open = std::move(open);
  return type;
}

} // namespace

BOOST_AUTO_TEST_CASE(keys_are_read_in_order) {
  reader reading;
  const auto read = reading.read({"a", "left out", "b"});
  BOOST_REQUIRE(read.size() == 3U);
  BOOST_TEST(read[0].key.value() == "a");
  BOOST_TEST((!read[1].key && !read[1].failed));
  BOOST_TEST(read[2].key.value() == "b");
  BOOST_TEST(reading.read({}).empty());
}

BOOST_AUTO_TEST_CASE(a_key_that_does_not_come_back_fails_its_event_alone) {
  reader reading;
  const auto read = reading.read({"a", "hang", "b", "hang", "c"});
  BOOST_REQUIRE(read.size() == 5U);
  for (const std::size_t late : {1U, 3U}) {
    BOOST_REQUIRE(read[late].failed.has_value());
    BOOST_TEST(read[late].failed->is_final);
    BOOST_TEST(read[late].failed->message.find("20 ms") != std::string::npos);
  }
  BOOST_TEST(read[2].key.value() == "b");
  BOOST_TEST(read[4].key.value() == "c");
  BOOST_TEST(reading.keys.lost() == 2U);
}

BOOST_AUTO_TEST_CASE(a_key_without_memory_fails_its_event_alone) {
  reader reading;
  const auto read = reading.read({"no memory", "b"});
  BOOST_REQUIRE(read.size() == 2U);
  BOOST_TEST(read[0].failed.has_value());
  BOOST_TEST(read[1].key.value() == "b");
  BOOST_TEST(reading.keys.lost() == 0U);
}

BOOST_AUTO_TEST_CASE(when_too_many_are_lost_the_rest_is_not_read) {
  reader reading;
  const auto read = reading.read({"a", "hang", "hang", "b", "hang"}, 1);
  BOOST_REQUIRE(read.size() == 2U);
  BOOST_TEST(read[0].key.value() == "a");
  BOOST_TEST(read[1].failed.has_value());
  BOOST_TEST(reading.keys.lost() == 2U);
  reading.keys.count_anew();
  BOOST_TEST(reading.keys.lost() == 0U);
}

BOOST_AUTO_TEST_CASE(opening_ends_in_time_with_what_went_wrong) {
  reader reading;
  const auto held = reading.held;
  BOOST_TEST(
    fails_with(errc::unavailable,
               reading.keys.open(opened_by([held]() -> expected<handlers_ptr> {
                 held->wait();
                 return handlers_ptr{};
               })),
               "20 ms"));
  BOOST_TEST(
    fails_with(errc::unavailable,
               reading.keys.open(opened_by([]() -> expected<handlers_ptr> {
                 throw std::runtime_error{"the key has broken"};
               })),
               "the key has broken"));
  BOOST_TEST(
    fails_with(errc::not_owner,
               reading.keys.open(opened_by([]() -> expected<handlers_ptr> {
                 return failure(errc::not_owner, "somebody else has it");
               }))));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
