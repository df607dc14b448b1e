// SPDX-License-Identifier: MIT
#include <cafes/testkit.hpp>

#include "domain/account.hpp"
#include "domain/balances.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <sstream>

// A test kit is worth what it finds: each of these specifications is wrong.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(testkit)

namespace {

using bank::account;
using bank::balances;
using bank::cents;
using bank::close;
using bank::deposit;
using bank::deposited;
using bank::opened;
using bank::refusal;
using bank::withdraw;

/// For BOOST_TEST: the verdict is no, and says each of these words.
boost::test_tools::assertion_result
says(const verdict& given, std::initializer_list<const char*> words) {
  std::ostringstream text;
  text << given;
  boost::test_tools::assertion_result found{
    !given && std::all_of(words.begin(), words.end(), [&](const char* word) {
      return text.str().find(word) != std::string::npos;
    })};
  found.message() << "the verdict is: " << text.str();
  return found;
}

// -- a decider whose codec is broken where asked ------------------------------

/// A text that comes back shorter.
class forgetful {
public:
  forgetful() = default;
  explicit forgetful(std::string text) : text_{std::move(text)} {}

  template <class Archive>
  std::string save_minimal(const Archive&) const {
    return text_.substr(0, 3);
  }

  template <class Archive>
  void load_minimal(const Archive&, const std::string& text) {
    text_ = text;
  }

  bool operator==(const forgetful&) const = default;

private:
  std::string text_;
};

struct measured {
  double reading = 0;
  forgetful note;
  CAFES_EVENT("gauge.measured", 1, reading, note)
};

struct measure {
  double reading = 0;
  forgetful note;
  CAFES_COMMAND("measure", reading, note)
};

enum class no_reason { none };
std::string_view to_string(no_reason) {
  return "none";
}

struct gauge {
  static constexpr std::string_view category = "gauge";
  struct state {
    forgetful last;
    CAFES_STATE(1, last)
  };
  using commands = one_of<measure>;
  using events = one_of<measured>;
  using decision = cafes::decision<gauge, no_reason>;

  static decision decide(const state&, const measure& asked) {
    // 7 is a gauge that says more than it was told.
    if (asked.reading == 7)
      return measured{std::numeric_limits<double>::quiet_NaN(), asked.note};
    return measured{asked.reading, forgetful{"a note"}};
  }
  static void evolve(state& now, const measured& happened) {
    if (happened.reading == 8)
      now.last = happened.note;
  }
};

/// By the command's id, or else by the gauge; readings below 0 are left out.
struct readings {
  static constexpr std::string_view name = "readings";
  static constexpr int version = 1;
  using events = one_of<measured>;
  struct document {
    std::string last;
    int count = 0;
    CAFES_FIELDS(last, count)
  };

  static std::optional<std::string> key(const event_context& where,
                                        const measured& happened) {
    if (happened.reading < 0)
      return std::nullopt;
    return where.from.command_id.is_nil() ? where.stream.key
                                          : to_string(where.from.command_id);
  }
  static void apply(document& gauge, const event_context& where,
                    const measured&) {
    gauge.last = cafes::to_string(where.recorded_at);
    ++gauge.count;
  }
};

} // namespace

BOOST_AUTO_TEST_CASE(what_is_as_specified_passes) {
  const auto rich = given<account>(opened{"ann", cents{0}},
                                   deposited{cents{100}, "pay"});
  BOOST_TEST(rich.when(deposit{cents{1}, "x"}).then(deposited{cents{1}, "x"}));
  BOOST_TEST(rich.when(close{}).refused(refusal::balance_not_zero));
  std::ostringstream text;
  text << verdict::passed();
  BOOST_TEST(text.str() == "passed");
}

BOOST_AUTO_TEST_CASE(another_event_is_reported_with_both) {
  const auto wrong = given<account>(opened{"ann", cents{0}})
                       .when(deposit{cents{1}, "x"})
                       .then(deposited{cents{2}, "x"});
  BOOST_TEST(says(
    wrong, {R"(expected [account.deposited{"amount":2,"reference":"x"}])",
            R"(there came [account.deposited{"amount":1,"reference":"x"}])"}));
}

BOOST_AUTO_TEST_CASE(an_event_too_few_is_reported) {
  const auto wrong = given<account>(opened{"ann", cents{0}})
                       .when(deposit{cents{1}, ""})
                       .nothing();
  BOOST_TEST(says(wrong, {"expected []", "account.deposited"}));
}

BOOST_AUTO_TEST_CASE(a_refusal_instead_of_events_is_reported) {
  const auto wrong
    = given<account>().when(deposit{cents{1}, ""}).then(deposited{});
  BOOST_TEST(says(wrong, {"expected [account.deposited", "refused: not_open"}));
}

BOOST_AUTO_TEST_CASE(a_refusal_instead_of_nothing_is_reported) {
  BOOST_TEST(says(given<account>().when(close{}).nothing(),
                  {"expected []", "not_open"}));
}

BOOST_AUTO_TEST_CASE(another_refusal_is_reported_with_both) {
  const auto wrong
    = given<account>().when(close{}).refused(refusal::balance_not_zero);
  BOOST_TEST(says(wrong, {"expected refusal balance_not_zero",
                          "it was refused: not_open"}));
}

BOOST_AUTO_TEST_CASE(events_instead_of_a_refusal_are_reported) {
  const auto wrong = given<account>(opened{"ann", cents{0}})
                       .when(close{})
                       .refused(refusal::not_open);
  BOOST_TEST(says(wrong, {"expected refusal not_open", "account.closed"}));
}

BOOST_AUTO_TEST_CASE(another_state_is_reported_with_both) {
  const auto wrong = given<account>(opened{"ann", cents{0}})
                       .when(deposit{cents{1}, ""})
                       .state({account::phase::open, cents{2}, cents{0}});
  BOOST_TEST(says(wrong, {R"(expected state {"is":1,"balance":2)",
                          R"(but it is {"is":1,"balance":1)"}));
}

BOOST_AUTO_TEST_CASE(an_event_that_cannot_be_stored_is_found) {
  const auto answered = given<gauge>().when(measure{7, {}});
  BOOST_TEST(says(answered.nothing(), {"gauge.measured", "not finite"}));
  BOOST_TEST(says(answered.refused(no_reason::none), {"gauge.measured"}));
}

BOOST_AUTO_TEST_CASE(a_past_event_that_cannot_be_stored_is_found) {
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  BOOST_TEST(says(given<gauge>(measured{nan, {}})
                    .when(measure{1, {}})
                    .then(measured{1, forgetful{"a note"}}),
                  {"gauge.measured", "not finite"}));
}

BOOST_AUTO_TEST_CASE(an_event_that_comes_back_changed_is_found) {
  BOOST_TEST(says(
    given<gauge>().when(measure{1, {}}).then(measured{1, forgetful{"a note"}}),
    {"gauge.measured comes back changed", "a n"}));
}

BOOST_AUTO_TEST_CASE(a_command_that_comes_back_changed_is_found) {
  BOOST_TEST(says(given<gauge>().when(measure{1, forgetful{"long"}}).nothing(),
                  {"measure comes back changed"}));
}

BOOST_AUTO_TEST_CASE(another_document_is_reported_with_what_there_is) {
  const auto projected_one = projected<balances>(
    "account-42", opened{"ann", cents{0}}, deposited{cents{1}, ""});
  BOOST_TEST(projected_one.then("42", {"ann", cents{1}, 1, true}));
  BOOST_TEST(says(projected_one.then("42", {"ann", cents{2}, 1, true}),
                  {"document 42 is", R"("balance":1)"}));
  BOOST_TEST(says(projected_one.then("43", {}), {"no document 43"}));
}

BOOST_AUTO_TEST_CASE(an_event_without_a_key_changes_no_document) {
  const measured kept{1, {}};
  const measured left_out{-1, {}};
  BOOST_TEST(projected<readings>("gauge-1", kept, left_out, kept)
               .then("1", {"1970-01-01T00:00:00.000000Z", 2}));
  BOOST_TEST(projected<readings>("gauge-1", left_out).nothing());
  BOOST_TEST(says(projected<readings>("gauge-1", kept).nothing(),
                  {"there is a document 1"}));
}

BOOST_AUTO_TEST_CASE(an_event_can_be_recorded_at_a_time_and_by_somebody) {
  const auto asked = random_uuid();
  const auto at = now();
  BOOST_TEST(projected<readings>("gauge-1",
                                 recorded(measured{1, {}}, at, {asked, {}, {}}))
               .then(to_string(asked), {cafes::to_string(at), 1}));
}

BOOST_AUTO_TEST_CASE(a_projection_of_what_is_no_stream_is_reported) {
  BOOST_TEST(says(projected<balances>("account", deposited{}).then("", {}),
                  {"category-key"}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
