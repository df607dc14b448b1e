// SPDX-License-Identifier: MIT
#include "actors/write/snapshot_content.hpp"

#include "tests/support/printing.hpp"
#include "tests/support/tally.hpp"

#include <cafes/detail/typed_aggregate.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(snapshot_content)

namespace {

actors::snapshot_content sample() {
  actors::snapshot_content content;
  content.state = R"({"sum":12})";
  content.whole = false;
  for (int n = 1; n <= 3; ++n)
    content.commands.push_back(
      {name_uuid(uuid{}, std::to_string(n)), version{n}, position{n * 7}});
  return content;
}

} // namespace

BOOST_AUTO_TEST_CASE(it_comes_back_as_it_was) {
  const auto read = actors::decode_snapshot(encode(sample()));
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST((*read == sample()));
}

BOOST_AUTO_TEST_CASE(its_format_is_a_promise) {
  actors::snapshot_content content;
  content.state = "{}";
  content.commands.push_back({uuid{{1, 2}}, version{3}, position{4}});
  std::string expected;
  const std::vector<int> bytes{
    0xf2, 0x4c, 0xa0, 0x26,                        // checksum
    1,    1,    0,    0,    0, 1,                  // format, whole, count
    1,    2,    0,    0,    0, 0, 0, 0,            // id
    0,    0,    0,    0,    0, 0, 0, 0,            //
    0,    0,    0,    0,    0, 0, 0, 3,            // version
    0,    0,    0,    0,    0, 0, 0, 4, '{', '}'}; // position, state
  for (const int byte : bytes)
    expected += static_cast<char>(byte);
  BOOST_TEST(encode(content) == expected);
}

BOOST_AUTO_TEST_CASE(any_flipped_bit_is_noticed) {
  const auto good = encode(sample());
  for (std::size_t at = 0; at < good.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      auto bad = good;
      bad[at] = static_cast<char>(bad[at] ^ (1 << bit));
      BOOST_REQUIRE(!actors::decode_snapshot(bad).has_value());
    }
}

BOOST_AUTO_TEST_CASE(any_cut_is_noticed) {
  const auto good = encode(sample());
  for (std::size_t length = 0; length < good.size(); ++length)
    BOOST_REQUIRE(!actors::decode_snapshot(good.substr(0, length)).has_value());
}

BOOST_AUTO_TEST_CASE(the_fingerprint_tells_state_versions_and_shapes_apart) {
  const auto type = detail::make_aggregate_type<tally>();
  BOOST_TEST(actors::snapshot_fingerprint(type) == "1 tally v1 {sum:int64}");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
