// SPDX-License-Identifier: MIT
#include "tests/support/open_log.hpp"

#include <nlohmann/json.hpp>

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

using json = nlohmann::json;

/// Texts that have hurt databases, formats or terminals before.
const std::vector<std::string> hostile_texts{
  " ",
  "a b",
  "'",
  "''",
  "\"",
  "\\",
  "\\\\",
  "\\N",
  "\\.",
  "\\.\n",
  "\t",
  "\n",
  "\r\n",
  "\b\f\v\x1b[31m\x7f",
  "%s%n%",
  "{}",
  "{a,NULL,\"b\"}",
  "NULL",
  "-",
  "--",
  "a-b-c",
  "$1",
  "?1",
  ":key",
  "'); DROP TABLE events; --",
  "\xf0\x9f\x90\x98",
  "e\xcc\x81 is not \xc3\xa9",
  "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\xae RTL",
  "\xe2\x80\xa8\xef\xbb\xbf\xef\xbf\xbf",
  "\xf4\x8f\xbf\xbf",
};

void check_read_back(store_under_test& under, open_log& log,
                     const std::string& written) {
  must(log.append("account-1", {.data = written}));
  const auto read
    = must(log.reader->read_log(log.writer->head().plus(-1), 1)).at(0).data;
  if (under.keeps_text())
    BOOST_TEST(read == written);
  else
    BOOST_TEST(json::parse(read) == json::parse(written));
}

} // namespace

CAFES_STORE_TEST(a_stream_of_any_key_is_read_back_by_its_name) {
  open_log log{under};
  std::vector<store::append_request> batch;
  for (const auto& key : hostile_texts)
    batch.push_back(log.to("account-" + key));
  for (const auto& outcome : log.append(batch))
    must(outcome);
  for (const auto& key : hostile_texts) {
    const auto events = log.all_of("account-" + key);
    BOOST_REQUIRE_MESSAGE(events.size() == 1, "key \"" << key << "\"");
    BOOST_TEST(events[0].stream.key == key);
  }
  check_dense(log.all());
}

CAFES_STORE_TEST(a_stream_of_any_key_is_found_by_its_writer) {
  open_log log{under};
  for (const auto& key : hostile_texts)
    must(log.append("account-" + key));
  for (const auto& key : hostile_texts)
    BOOST_TEST(must(log.append("account-" + key)).first_version == version{2});
}

CAFES_STORE_TEST(any_text_in_a_payload_is_read_back) {
  open_log log{under};
  for (const auto& text : hostile_texts)
    check_read_back(under, log, json{{"text", text}, {text, 1}}.dump());
}

CAFES_STORE_TEST(escapes_in_a_payload_are_read_back) {
  open_log log{under};
  for (const auto* text : {R"({"a":"\u00e9\ud83d\ude00\/\b\f\n\r\t\"\\"})",
                           R"("\u001f\u007f")", R"({"\u0061":1})"})
    check_read_back(under, log, text);
}

CAFES_STORE_TEST(any_kind_of_json_value_is_read_back) {
  open_log log{under};
  for (const auto* text :
       {"null", "true", "false", "0", "\"\"", "[]", "{}", R"({"":""})",
        "[[],{},null,[1,\"2\",{\"three\":[3.5]}]]", " { \"a\" : 1 } "})
    check_read_back(under, log, text);
}

CAFES_STORE_TEST(numbers_are_read_back) {
  open_log log{under};
  for (const auto* text :
       {"9223372036854775807", "-9223372036854775808", "18446744073709551615",
        "0.1", "-0.5", "1e100", "1.7976931348623157e308", "5e-324",
        "2.2250738585072014e-308", "9007199254740993", "[0,-1,1e2]"})
    check_read_back(under, log, text);
}

CAFES_STORE_TEST(metadata_is_read_back_and_may_be_missing) {
  open_log log{under};
  auto append = log.to("account-1", {.events = 2});
  append.events[0].metadata = R"({"user":"ann"})";
  must(log.append(append));
  const auto events = log.all_of("account-1");
  BOOST_TEST(json::parse(events.at(0).metadata)
             == json::parse(append.events[0].metadata));
  BOOST_TEST(events.at(1).metadata.empty());
}

CAFES_STORE_TEST(provenance_is_read_back) {
  open_log log{under};
  auto append = log.to("account-1");
  append.from = {random_uuid(), random_uuid(), random_uuid()};
  must(log.append(append));
  auto partly = log.to("account-1");
  partly.from.correlation_id = random_uuid();
  must(log.append(partly));
  must(log.append("account-1"));
  const auto events = log.all_of("account-1");
  BOOST_TEST((events.at(0).from == append.from));
  BOOST_TEST((events.at(1).from == partly.from));
  BOOST_TEST((events.at(2).from == provenance{}));
}

CAFES_STORE_TEST(the_recorded_time_is_what_append_answered) {
  open_log log{under};
  const auto before = now();
  const auto stored = must(log.append("account-1", {.events = 2}));
  BOOST_TEST((stored.recorded_at >= before && stored.recorded_at <= now()));
  for (const auto& event : log.all())
    BOOST_TEST((event.recorded_at == stored.recorded_at),
               to_string(event.recorded_at)
                 << " is not " << to_string(stored.recorded_at));
}

CAFES_STORE_TEST(an_event_is_read_back_with_its_type_and_place) {
  open_log log{under};
  const std::vector<detail::event_type> types{{"test.renamed", 7, "{}"}};
  auto append = log.to("account-1", {.events = 2});
  append.events[1].type = must(log.writer->register_types(types)).at(0);
  must(log.append("account-0"));
  must(log.append(append));
  const auto event = log.all().at(2);
  BOOST_TEST(event.at == position{3});
  BOOST_TEST(event.stream == stream("account-1"));
  BOOST_TEST(event.at_version == version{2});
  BOOST_TEST(event.type == "test.renamed");
  BOOST_TEST(event.schema_version == 7);
}

} // namespace cafes::test
