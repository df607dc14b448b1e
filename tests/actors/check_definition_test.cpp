// SPDX-License-Identifier: MIT
#include "actors/check_definition.hpp"

#include "domain/account.hpp"
#include "domain/balances.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(check_definition)

namespace {

using actors::check_definition;

enum class never { no };

std::string_view to_string(never) {
  return "no";
}

// An event, and a decider that makes it, with one thing wrong.
struct fine {
  int n = 0;
  CAFES_EVENT("test.fine", 1, n)
};

struct fine_too {
  int n = 0;
  CAFES_EVENT("test.fine", 1, n)
};

struct of_another_shape {
  std::string n;
  CAFES_EVENT("test.fine", 1, n)
};

struct nameless {
  CAFES_EVENT("", 1)
};

struct of_version_zero {
  CAFES_EVENT("test.zero", 0)
};

constexpr auto name_of_129_bytes = [] {
  std::array<char, 129> name{};
  name.fill('a');
  return name;
}();

struct long_named {
  CAFES_EVENT((std::string_view{name_of_129_bytes.data(), 129}), 1)
};

struct long_enough_named {
  CAFES_EVENT((std::string_view{name_of_129_bytes.data(), 128}), 1)
};

struct go {
  CAFES_COMMAND("go")
};

struct go_too {
  CAFES_COMMAND("go")
};

constexpr char good_category[] = "good";
constexpr char other_category[] = "other";
constexpr char bad_category[] = "Not Good";

template <class Event, const char* Category = good_category,
          class Commands = one_of<go>>
struct maker {
  static constexpr std::string_view category = Category;
  struct state {
    int n = 0;
    CAFES_STATE(1, n)
  };
  using commands = Commands;
  using events = one_of<Event>;
  using decision = cafes::decision<maker, never>;

  template <class Command>
  static decision decide(const state&, const Command&) {
    return decision::nothing();
  }

  static void evolve(state&, const Event&) {}
};

constexpr char good_view[] = "good_view";
constexpr char bad_view[] = "good-view";

template <class Event, const char* Name = good_view, int Version = 1>
struct follower {
  static constexpr std::string_view name = Name;
  static constexpr int version = Version;
  using events = one_of<Event>;
  struct document {
    int n = 0;
    CAFES_FIELDS(n)
  };
  static std::string key(const event_context&, const Event&) { return "1"; }
  static void apply(document&, const event_context&, const Event&) {}
};

template <class Event, const char* Name = good_view>
struct responder {
  static constexpr std::string_view name = Name;
  using events = one_of<Event>;
  static std::string key(const event_context&, const Event&) { return "1"; }
  static expected<void> react(const reaction&, const Event&) { return {}; }
};

struct with_index : follower<fine> {
  static constexpr std::array indexed{"n"};
};

struct with_bad_index : follower<fine> {
  static constexpr std::array<std::string_view, 2> indexed{"n", "m"};
};

} // namespace

BOOST_AUTO_TEST_CASE(the_bank_is_a_definition_of_four_event_types) {
  definition bank;
  bank.aggregate<bank::account>().projection<bank::balances>();
  BOOST_TEST(must(check_definition(bank)).size() == 4);
}

BOOST_AUTO_TEST_CASE(an_empty_definition_is_none_to_complain_about) {
  BOOST_TEST(must(check_definition(definition{})).empty());
}

BOOST_AUTO_TEST_CASE(a_type_that_two_aggregates_share_is_listed_once) {
  definition service;
  service.aggregate<maker<fine>>().aggregate<maker<fine_too, other_category>>();
  BOOST_TEST(must(check_definition(service)).size() == 1);
}

BOOST_AUTO_TEST_CASE(two_aggregates_of_one_category_are_refused) {
  definition service;
  service.aggregate<maker<fine>>().aggregate<maker<fine>>();
  BOOST_TEST(fails_with(errc::invalid_argument, check_definition(service),
                        "two aggregates are called good"));
}

BOOST_AUTO_TEST_CASE(a_category_of_the_wrong_form_is_refused) {
  definition service;
  service.aggregate<maker<fine, bad_category>>();
  BOOST_TEST(
    fails_with(errc::invalid_argument, check_definition(service), "Not Good"));
}

BOOST_AUTO_TEST_CASE(two_commands_of_one_name_are_refused) {
  definition service;
  service.aggregate<maker<fine, good_category, one_of<go, go_too>>>();
  BOOST_TEST(fails_with(errc::invalid_argument, check_definition(service),
                        "good has two commands called go"));
}

BOOST_AUTO_TEST_CASE(two_shapes_under_one_name_and_version_are_refused) {
  definition service;
  service.aggregate<maker<fine>>()
    .aggregate<maker<of_another_shape, other_category>>();
  BOOST_TEST(fails_with(errc::incompatible_schema, check_definition(service),
                        "test.fine v1"));
}

BOOST_AUTO_TEST_CASE(an_event_without_a_name_is_refused) {
  definition service;
  service.aggregate<maker<nameless>>();
  BOOST_TEST(fails_with(errc::invalid_argument, check_definition(service)));
}

BOOST_AUTO_TEST_CASE(an_event_name_has_128_bytes_at_most) {
  definition fitting;
  fitting.aggregate<maker<long_enough_named>>();
  must(check_definition(fitting));
  definition too_long;
  too_long.aggregate<maker<long_named>>();
  BOOST_TEST(fails_with(errc::invalid_argument, check_definition(too_long)));
}

BOOST_AUTO_TEST_CASE(a_schema_version_below_one_is_refused) {
  definition service;
  service.aggregate<maker<of_version_zero>>();
  BOOST_TEST(fails_with(errc::invalid_argument, check_definition(service),
                        "test.zero has schema version 0"));
}

BOOST_AUTO_TEST_CASE(two_projections_of_one_name_are_refused) {
  definition service;
  service.aggregate<maker<fine>>()
    .projection<follower<fine>>()
    .projection<follower<fine>>();
  BOOST_TEST(fails_with(errc::invalid_argument, check_definition(service),
                        "two projections are called good_view"));
}

BOOST_AUTO_TEST_CASE(a_reactor_of_a_name_that_is_taken_is_refused) {
  definition projected;
  projected.aggregate<maker<fine>>()
    .projection<follower<fine>>()
    .reactor<responder<fine>>({});
  BOOST_TEST(fails_with(errc::invalid_argument, check_definition(projected),
                        "two projections or reactors are called good_view"));
  definition twice;
  twice.aggregate<maker<fine>>()
    .reactor<responder<fine>>({})
    .reactor<responder<fine>>({});
  BOOST_TEST(fails_with(errc::invalid_argument, check_definition(twice)));
}

BOOST_AUTO_TEST_CASE(a_reactor_follows_what_is_made_under_a_good_name) {
  definition good;
  good.aggregate<maker<fine>>().reactor<responder<fine>>({});
  BOOST_TEST(must(check_definition(good)).size() == 1U);
  definition bad;
  bad.aggregate<maker<fine>>().reactor<responder<fine, bad_view>>({});
  BOOST_TEST(fails_with(errc::invalid_argument, check_definition(bad)));
  definition unmade;
  unmade.reactor<responder<fine>>({});
  BOOST_TEST(fails_with(errc::invalid_argument, check_definition(unmade),
                        "good_view follows test.fine"));
  definition other;
  other.aggregate<maker<fine>>().reactor<responder<of_another_shape>>({});
  BOOST_TEST(fails_with(errc::incompatible_schema, check_definition(other)));
}

BOOST_AUTO_TEST_CASE(options_of_a_reactor_have_their_bounds) {
  using std::chrono::hours;
  using std::chrono::milliseconds;
  const auto checked = [](auto change) {
    reactor_options options;
    change(options);
    definition service;
    service.aggregate<maker<fine>>().reactor<responder<fine>>({}, options);
    return check_definition(service);
  };
  const auto allows = [&](auto change) { return checked(change).has_value(); };
  const auto refuses = [&](auto change) {
    return fails_with(errc::invalid_argument, checked(change), "good_view");
  };
  BOOST_TEST(allows([](auto& with) { with.concurrency = 1; }));
  BOOST_TEST(refuses([](auto& with) { with.concurrency = 0; }));
  BOOST_TEST(allows([](auto& with) { with.concurrency = 64; }));
  BOOST_TEST(refuses([](auto& with) { with.concurrency = 65; }));
  BOOST_TEST(allows([](auto& with) { with.attempts_max = 1; }));
  BOOST_TEST(refuses([](auto& with) { with.attempts_max = 0; }));
  BOOST_TEST(allows([](auto& with) { with.pause_min = milliseconds{1}; }));
  BOOST_TEST(refuses([](auto& with) { with.pause_min = milliseconds{0}; }));
  BOOST_TEST(allows([](auto& with) { with.pause_max = with.pause_min; }));
  BOOST_TEST(refuses(
    [](auto& with) { with.pause_max = with.pause_min - milliseconds{1}; }));
  BOOST_TEST(allows([](auto& with) { with.pause_max = hours{24}; }));
  BOOST_TEST(
    refuses([](auto& with) { with.pause_max = hours{24} + milliseconds{1}; }));
  BOOST_TEST(
    allows([](auto& with) { with.handler_time_max = milliseconds{1}; }));
  BOOST_TEST(
    refuses([](auto& with) { with.handler_time_max = milliseconds{0}; }));
}

BOOST_AUTO_TEST_CASE(a_projection_whose_handlers_have_no_time_is_refused) {
  using std::chrono::milliseconds;
  for (const auto time : {milliseconds{0}, milliseconds{-1}}) {
    definition service;
    service.aggregate<maker<fine>>().projection<follower<fine>>(
      {.handler_time_max = time});
    BOOST_TEST(fails_with(errc::invalid_argument, check_definition(service),
                          "good_view gives its handlers no time"));
  }
}

BOOST_AUTO_TEST_CASE(a_projection_name_of_the_wrong_form_is_refused) {
  definition service;
  service.aggregate<maker<fine>>().projection<follower<fine, bad_view>>();
  BOOST_TEST(
    fails_with(errc::invalid_argument, check_definition(service), "good-view"));
}

BOOST_AUTO_TEST_CASE(an_index_of_a_field_that_is_not_there_is_refused) {
  definition fitting;
  fitting.aggregate<maker<fine>>().projection<with_index>();
  must(check_definition(fitting));
  BOOST_TEST(fitting.projections().front().indexed
               == std::vector<std::string>{"n"},
             boost::test_tools::per_element());
  definition service;
  service.aggregate<maker<fine>>().projection<with_bad_index>();
  BOOST_TEST(fails_with(errc::invalid_argument, check_definition(service),
                        "an index of projection good_view: field \"m\" cannot "
                        "be asked for; these can: n"));
}

BOOST_AUTO_TEST_CASE(a_projection_version_below_one_is_refused) {
  definition service;
  service.aggregate<maker<fine>>().projection<follower<fine, good_view, 0>>();
  BOOST_TEST(
    fails_with(errc::invalid_argument, check_definition(service), "version 0"));
}

BOOST_AUTO_TEST_CASE(a_projection_of_an_event_that_nobody_makes_is_refused) {
  definition service;
  service.aggregate<maker<fine>>().projection<follower<added>>();
  BOOST_TEST(fails_with(errc::invalid_argument, check_definition(service),
                        "good_view follows tally.added"));
}

BOOST_AUTO_TEST_CASE(a_projection_that_sees_another_shape_is_refused) {
  definition service;
  service.aggregate<maker<fine>>().projection<follower<of_another_shape>>();
  BOOST_TEST(fails_with(errc::incompatible_schema, check_definition(service),
                        "test.fine v1"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
