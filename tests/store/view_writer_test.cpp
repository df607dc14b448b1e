// SPDX-License-Identifier: MIT
#include "tests/support/printing.hpp"
#include "tests/support/store_under_test.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace cafes::test {

namespace {

using store::keyed_document;
using store::view_identity;

const view_identity balances{"balances", 1, "{n:int64}"};

struct open_view {
  explicit open_view(store_under_test& under,
                     const view_identity& view = balances)
    : writer{must(under.store().open_view_writer(view))},
      checkpoint{must(writer->claim())} {}

  void commit(std::int64_t from, std::int64_t to,
              const std::vector<keyed_document>& changed) const {
    must(writer->commit({position{from}, position{to}, changed, {}, {}}));
  }

  [[nodiscard]] std::vector<keyed_document>
  load(const std::vector<std::string>& keys) const {
    auto found = must(writer->load(keys));
    std::sort(found.begin(), found.end(),
              [](const auto& left, const auto& right) {
                return left.key < right.key;
              });
    return found;
  }

  std::unique_ptr<store::view_writer> writer;
  std::optional<position> checkpoint;
};

} // namespace

CAFES_STORE_TEST(a_new_view_is_claimed_at_position_0) {
  const open_view view{under};
  BOOST_REQUIRE(view.checkpoint.has_value());
  BOOST_TEST(*view.checkpoint == position{0});
  BOOST_TEST(view.load({"1"}).empty());
}

CAFES_STORE_TEST(a_worker_lists_all_its_documents_page_by_page) {
  const open_view view{under};
  view.commit(0, 3,
              {{"b", "{\"n\":2}"}, {"a", "{\"n\":1}"}, {"\xc3\xa9", "{}"}});
  const auto first = must(view.writer->list("", 2));
  BOOST_REQUIRE(first.size() == 2U);
  BOOST_TEST(first.front().key == "a");
  const auto rest = must(view.writer->list(first.back().key, 2));
  BOOST_REQUIRE(rest.size() == 1U);
  BOOST_TEST(rest.front().key == "\xc3\xa9");
  BOOST_TEST(must(view.writer->list(rest.back().key, 2)).empty());
  BOOST_TEST(!view.writer->list("", 1'001).has_value());
}

CAFES_STORE_TEST(a_second_claim_of_a_view_gets_nothing) {
  const open_view first{under};
  const open_view second{under};
  BOOST_TEST(first.checkpoint.has_value());
  BOOST_TEST(!second.checkpoint.has_value());
}

CAFES_STORE_TEST(a_claim_ends_with_its_session) {
  {
    const open_view first{under};
    first.commit(0, 7, {});
  }
  const open_view second{under};
  BOOST_REQUIRE(second.checkpoint.has_value());
  BOOST_TEST(*second.checkpoint == position{7});
}

CAFES_STORE_TEST(a_refused_session_claims_the_view_once_it_is_free) {
  auto first = std::make_unique<open_view>(under);
  const open_view second{under};
  BOOST_TEST(!second.checkpoint);
  first.reset();
  BOOST_TEST(must(second.writer->claim()).has_value());
}

CAFES_STORE_TEST(a_commit_moves_documents_and_checkpoint_together) {
  {
    const open_view view{under};
    view.commit(0, 2, {{"1", R"({"n":1})"}, {"2", R"({"n":2})"}});
    view.commit(2, 5, {{"1", R"({"n":3})"}});
  }
  under.reopen();
  const open_view view{under};
  BOOST_REQUIRE(view.checkpoint.has_value());
  BOOST_TEST(*view.checkpoint == position{5});
  const auto found = view.load({"1", "2", "3"});
  BOOST_REQUIRE(found.size() == 2);
  BOOST_TEST(found[0].data.find('3') != std::string::npos);
  BOOST_TEST(found[1].data.find('2') != std::string::npos);
}

CAFES_STORE_TEST(a_commit_from_an_old_checkpoint_changes_nothing) {
  const open_view view{under};
  view.commit(0, 5, {{"1", "1"}});
  const std::vector<keyed_document> changed{{"1", "2"}, {"2", "2"}};
  for (const std::int64_t from : {0, 4, 6})
    BOOST_TEST(fails_with(
      errc::not_owner,
      view.writer->commit({position{from}, position{7}, changed, {}, {}})));
  const auto found = view.load({"1", "2"});
  BOOST_REQUIRE(found.size() == 1);
  BOOST_TEST(found[0].data == "1");
  view.commit(5, 7, changed);
}

CAFES_STORE_TEST(a_commit_without_a_claim_is_refused) {
  const open_view first{under};
  const open_view second{under};
  const std::vector<keyed_document> changed{{"1", "1"}};
  BOOST_TEST(!second.writer->commit({position{0}, position{1}, changed, {}, {}})
                .has_value());
  BOOST_TEST(first.load({"1"}).empty());
}

CAFES_STORE_TEST(documents_of_any_key_are_loaded) {
  const open_view view{under};
  const std::vector<std::string> keys{
    "'",  "\"", "\\", "\\.", "\\N", "{a,b}",           "\t", "\n", "NULL",
    "%s", " ",  "",   "a",   "A",   "\xf0\x9f\x90\x98"};
  std::vector<keyed_document> documents;
  for (const auto& key : keys)
    documents.push_back({key, std::to_string(documents.size())});
  view.commit(0, 1, documents);
  for (const auto& document : documents) {
    const auto found = view.load({document.key});
    BOOST_REQUIRE_MESSAGE(found.size() == 1, "key \"" << document.key << "\"");
    BOOST_TEST(found[0].key == document.key);
    BOOST_TEST(found[0].data == document.data);
  }
  BOOST_TEST(view.load(keys).size() == keys.size());
}

CAFES_STORE_TEST(a_thousand_documents_are_written_and_loaded_at_once) {
  const open_view view{under};
  std::vector<keyed_document> documents;
  std::vector<std::string> keys;
  for (int n = 0; n < 1000; ++n) {
    documents.push_back({"key " + std::to_string(n), std::to_string(n)});
    keys.push_back(documents.back().key);
  }
  view.commit(0, 1, documents);
  view.commit(1, 2, documents);
  BOOST_TEST(view.load(keys).size() == 1000);
}

CAFES_STORE_TEST(no_keys_load_no_documents) {
  const open_view view{under};
  view.commit(0, 1, {{"1", "1"}});
  BOOST_TEST(view.load({}).empty());
}

CAFES_STORE_TEST(a_changed_shape_under_an_old_view_version_is_refused) {
  { const open_view view{under}; }
  const auto writer = must(
    under.store().open_view_writer({"balances", 1, "{n:int64,m:int64}"}));
  BOOST_TEST(fails_with(errc::incompatible_schema, writer->claim(),
                        "{n:int64,m:int64}"));
  const open_view view{under};
  BOOST_TEST(view.checkpoint.has_value());
}

CAFES_STORE_TEST(another_version_of_a_view_is_independent) {
  const open_view first{under};
  first.commit(0, 9, {{"1", "1"}});
  const open_view second{under, {"balances", 2, "{m:int64}"}};
  BOOST_REQUIRE(second.checkpoint.has_value());
  BOOST_TEST(*second.checkpoint == position{0});
  BOOST_TEST(second.load({"1"}).empty());
  second.commit(0, 3, {{"1", "2"}});
  BOOST_TEST(first.load({"1"}).at(0).data == "1");
}

CAFES_STORE_TEST(views_whose_names_and_versions_run_together_are_two) {
  const open_view first{under, {"view_1", 1, "{}"}};
  const open_view second{under, {"view", 11, "{}"}};
  const open_view third{under, {"view_1_1", 1, "{}"}};
  first.commit(0, 1, {{"1", "1"}});
  BOOST_TEST(second.load({"1"}).empty());
  BOOST_TEST(third.load({"1"}).empty());
}

CAFES_STORE_TEST(a_view_that_cannot_be_named_is_refused) {
  for (const auto& bad :
       {view_identity{"", 1, "{}"}, view_identity{"Balances", 1, "{}"},
        view_identity{"a-b", 1, "{}"}, view_identity{"1a", 1, "{}"},
        view_identity{"a; DROP TABLE events", 1, "{}"},
        view_identity{std::string(41, 'a'), 1, "{}"},
        view_identity{"balances", 0, "{}"}}) {
    const auto writer = under.store().open_view_writer(bad);
    if (writer)
      BOOST_TEST(fails_with(errc::invalid_argument, (*writer)->claim()));
    else
      BOOST_TEST(fails_with(errc::invalid_argument, writer));
  }
  const open_view longest{under, {std::string(40, 'a'), 1, "{}"}};
  BOOST_TEST(longest.checkpoint.has_value());
}

} // namespace cafes::test
