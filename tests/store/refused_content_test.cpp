// SPDX-License-Identifier: MIT
#include "tests/support/open_log.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

using namespace std::string_literals;

store::append_request append_to(const stream_name& name) {
  store::append_request made;
  made.stream = name;
  made.events.push_back({store::type_id{1}, "1", ""});
  return made;
}

/// The append between two good ones is refused, and they are stored.
void check_refused_alone(store_under_test& under, errc code,
                         const store::append_request& bad) {
  open_log log{under};
  const auto head = log.writer->head();
  const auto new_stream = "account-new at " + std::to_string(head.value());
  const auto outcomes = log.append(
    {log.to("account-1", {.events = 2}), bad,
     log.to(new_stream,
            {.expected = expected_version::none(), .loaded = true})});
  BOOST_TEST(must(outcomes[0]).last_position == head.plus(2));
  BOOST_TEST(fails_with(code, outcomes[1]));
  BOOST_TEST(must(outcomes[2]).first_position == head.plus(3));
  BOOST_TEST(must(log.reader->head()) == head.plus(3));
  check_dense(log.all());
}

void check_payload_refused_alone(store_under_test& under, errc code,
                                 const std::string& text) {
  BOOST_TEST_CONTEXT("payload " << text.substr(0, 40)) {
    auto bad = append_to(stream("account-2"));
    bad.events.push_back({store::type_id{1}, text, ""});
    check_refused_alone(under, code, bad);
    bad.events.back() = {store::type_id{1}, "1", text};
    if (!text.empty()) // no metadata
      check_refused_alone(under, code, bad);
  }
}

void check_stream_refused_alone(store_under_test& under, errc code,
                                const stream_name& name) {
  BOOST_TEST_CONTEXT("stream " << name) {
    check_refused_alone(under, code, append_to(name));
  }
}

} // namespace

CAFES_STORE_TEST(invalid_utf8_fails_for_its_sender_alone) {
  for (const auto& text : {"\"\xff\""s, "\"\xc3\""s, "\"\xc0\x80\""s,
                           "\"\xed\xa0\x80\""s, "\"\xf4\x90\x80\x80\""s})
    check_payload_refused_alone(under, errc::invalid_argument, text);
}

CAFES_STORE_TEST(a_nul_fails_for_its_sender_alone) {
  for (const auto& text : {"\"a\0b\""s, "1\0"s, "\0"s, R"("\u0000")"s,
                           R"({"a":["\u0000"]})"s, R"({"\u0000":1})"s})
    check_payload_refused_alone(under, errc::invalid_argument, text);
}

CAFES_STORE_TEST(half_a_surrogate_pair_fails_for_its_sender_alone) {
  for (const auto* text : {R"("\ud83d")", R"("\ude00")", R"({"\ude00":1})",
                           R"("\ud83dx")", R"("\ude00\ud83d")"})
    check_payload_refused_alone(under, errc::invalid_argument, text);
}

CAFES_STORE_TEST(text_that_is_not_json_fails_for_its_sender_alone) {
  for (const auto* text :
       {"", " ", "{", "{]", "nothing", "{'a':1}", "{\"a\":1,}", "1 2", "01",
        "NaN", "Infinity", "\"a\nb\"", "\"\\x\"", "/* */ 1"})
    check_payload_refused_alone(under, errc::invalid_argument, text);
}

CAFES_STORE_TEST(a_number_out_of_range_fails_for_its_sender_alone) {
  for (const auto* text : {"1e400", "-1e400", "1e400000", "1e-400000"})
    check_payload_refused_alone(under, errc::invalid_argument, text);
  check_payload_refused_alone(under, errc::invalid_argument,
                              "0." + std::string(20'000, '1'));
}

CAFES_STORE_TEST(a_payload_too_deep_fails_for_its_sender_alone) {
  const auto deep = limits::payload_depth_max + 1;
  check_payload_refused_alone(under, errc::limit_exceeded,
                              std::string(deep, '[') + std::string(deep, ']'));
}

CAFES_STORE_TEST(a_payload_too_large_fails_for_its_sender_alone) {
  check_payload_refused_alone(under, errc::limit_exceeded,
                              "\"" + std::string(limits::payload_bytes_max, 'x')
                                + "\"");
}

CAFES_STORE_TEST(a_stream_that_cannot_be_named_fails_for_its_sender_alone) {
  for (const auto& name :
       {stream_name{"account", ""}, stream_name{"account", "\xff"},
        stream_name{"account", "a\0b"s}, stream_name{"", "1"},
        stream_name{"Account", "1"}, stream_name{"a-b", "1"},
        stream_name{"1a", "1"}})
    check_stream_refused_alone(under, errc::invalid_argument, name);
}

} // namespace cafes::test
