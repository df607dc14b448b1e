// SPDX-License-Identifier: MIT
#include "actors/read/document_cache.hpp"

#include "store/memory/memory_log.hpp"
#include "store/memory/view_session.hpp"
#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(document_cache)

namespace {

using document = store::keyed_document;

std::size_t size_of_one(const document& kept) {
  actors::document_cache cache{1'000'000};
  cache.put(kept);
  return cache.bytes();
}

/// For so many documents whose key and data have one letter each.
actors::document_cache room_for(std::size_t documents) {
  return actors::document_cache{documents * size_of_one({"k", "d"})};
}

std::string found(actors::document_cache& cache, const std::string& key) {
  const auto* data = cache.find(key);
  return data == nullptr ? "nothing" : *data;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_was_put_last_is_found) {
  auto cache = room_for(9);
  BOOST_TEST(found(cache, "a") == "nothing");
  cache.put({"a", "1"});
  cache.put({"b", "2"});
  cache.put({"a", "3"});
  BOOST_TEST(found(cache, "a") == "3");
  BOOST_TEST(found(cache, "b") == "2");
}

BOOST_AUTO_TEST_CASE(only_what_is_not_here_is_loaded) {
  const auto log = std::make_shared<store::memory::memory_log>();
  store::memory::view_writer view{log, {"sums", 1, "{}"}};
  must(view.claim());
  const std::vector<document> stored{{"a", "1"}, {"b", "2"}};
  must(view.commit({position{0}, position{1}, stored, {}, {}}));
  auto cache = room_for(9);
  cache.put({"a", "3"});
  const std::vector<std::string> keys{"a", "b", "c"};
  const std::vector<document> wanted{{"a", "3"}, {"b", "2"}};
  BOOST_TEST((must(cache.load(keys, view)) == wanted));
  cache.start_empty();
  BOOST_TEST(must(cache.load(keys, view)).empty());
  cache.put({"c", "4"});
  const std::vector<document> all{{"c", "4"}};
  BOOST_TEST((must(cache.load(keys, view)) == all));
}

BOOST_AUTO_TEST_CASE(above_the_bound_the_least_recently_used_goes) {
  auto cache = room_for(3);
  for (const auto* key : {"a", "b", "c"})
    cache.put({key, "1"});
  BOOST_TEST(found(cache, "a") == "1"); // at the bound all are there
  cache.put({"d", "1"});
  BOOST_TEST(found(cache, "b") == "nothing");
  cache.put({"c", "2"});
  cache.put({"e", "1"});
  BOOST_TEST(found(cache, "a") == "nothing");
  for (const auto* key : {"c", "d", "e"})
    BOOST_TEST(found(cache, key) != "nothing");
}

BOOST_AUTO_TEST_CASE(bytes_never_exceed_the_bound_and_come_back) {
  const auto bound = size_of_one({"k", std::string(10'000, 'd')});
  actors::document_cache cache{bound};
  for (int n = 0; n < 1'000; ++n) {
    const auto length = static_cast<std::size_t>(n * 37 % 5'000);
    cache.put({std::to_string(n % 70), std::string(length, 'd')});
    BOOST_REQUIRE(cache.bytes() <= bound);
  }
  BOOST_TEST(cache.bytes() > 0U);
  cache.clear();
  BOOST_TEST(cache.bytes() == 0U);
  BOOST_TEST(found(cache, "1") == "nothing");
}

BOOST_AUTO_TEST_CASE(one_that_is_too_big_costs_the_others_nothing) {
  auto cache = room_for(3);
  cache.put({"a", "1"});
  cache.put({"b", "1"});
  cache.put({"b", std::string(10'000, 'x')});
  BOOST_TEST(found(cache, "b") == "nothing"); // least of all what it was
  BOOST_TEST(found(cache, "a") == "1");
}

BOOST_AUTO_TEST_CASE(without_room_nothing_is_kept) {
  actors::document_cache cache{0};
  cache.start_empty();
  cache.put({"a", "1"});
  BOOST_TEST(found(cache, "a") == "nothing");
  BOOST_TEST(!cache.is_complete());
  BOOST_TEST(cache.bytes() == 0U);
}

BOOST_AUTO_TEST_CASE(it_holds_all_of_a_view_until_something_had_to_go) {
  auto cache = room_for(2);
  BOOST_TEST(!cache.is_complete());
  cache.start_empty();
  cache.put({"a", "1"});
  cache.put({"b", "1"});
  cache.put({"b", "2"});
  BOOST_TEST(cache.is_complete());
  cache.put({"c", "1"});
  BOOST_TEST(!cache.is_complete());
  cache.start_empty();
  BOOST_TEST(cache.is_complete());
  BOOST_TEST(found(cache, "c") == "nothing");
  cache.put({"a", std::string(10'000, 'x')});
  BOOST_TEST(!cache.is_complete());
  cache.start_empty();
  cache.clear();
  BOOST_TEST(!cache.is_complete());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
