// SPDX-License-Identifier: MIT
#include "tests/support/open_log.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

using event_types = std::vector<detail::event_type>;

const event_types three{{"account.opened", 1, "{owner:string}"},
                        {"account.opened", 2, "{owner:string,limit:int64}"},
                        {"account.closed", 1, "{}"}};

} // namespace

CAFES_STORE_TEST(types_get_numbers_of_their_own_in_order_of_asking) {
  open_log log{under};
  const auto ids = must(log.writer->register_types(three));
  BOOST_REQUIRE(ids.size() == 3);
  BOOST_TEST(ids[0] != ids[1]);
  BOOST_TEST(ids[1] != ids[2]);
  BOOST_TEST(ids[0] != ids[2]);
  for (const auto id : ids)
    BOOST_TEST(id != store::type_id{});
}

CAFES_STORE_TEST(types_keep_their_numbers) {
  std::vector<store::type_id> first;
  {
    open_log log{under};
    first = must(log.writer->register_types(three));
    BOOST_TEST((must(log.writer->register_types(three)) == first));
  }
  under.reopen();
  open_log log{under, "second"};
  BOOST_TEST((must(log.writer->register_types(event_types{
                     three[2], {"account.renamed", 1, "{}"}, three[0]}))
                .at(0)
              == first[2]));
  BOOST_TEST((must(log.writer->register_types(three)) == first));
}

CAFES_STORE_TEST(no_types_get_no_numbers) {
  open_log log{under};
  BOOST_TEST(must(log.writer->register_types(event_types{})).empty());
}

CAFES_STORE_TEST(a_type_named_twice_gets_one_number) {
  open_log log{under};
  const auto ids
    = must(log.writer->register_types(event_types{three[0], three[0]}));
  BOOST_TEST(ids.at(0) == ids.at(1));
}

CAFES_STORE_TEST(a_changed_shape_under_an_old_version_is_refused) {
  open_log log{under};
  const auto ids = must(log.writer->register_types(three));
  BOOST_TEST(fails_with(errc::incompatible_schema,
                        log.writer->register_types(event_types{
                          three[2], {"account.opened", 1, "{name:string}"}}),
                        "account.opened"));
  BOOST_TEST((must(log.writer->register_types(three)) == ids));
}

CAFES_STORE_TEST(any_text_names_a_type_and_its_shape) {
  open_log log{under};
  const event_types hostile{{"'; \\. %s {}\t\n\"", 1, "'; \\N {\t\n}"}};
  auto append = log.to("account-1");
  append.events[0].type = must(log.writer->register_types(hostile)).at(0);
  must(log.writer->register_types(hostile));
  must(log.append(append));
  BOOST_TEST(log.all().at(0).type == hostile[0].name);
}

CAFES_STORE_TEST(a_type_name_of_128_bytes_is_known_and_one_byte_more_refused) {
  open_log log{under};
  const std::string longest(limits::type_name_bytes_max, 't');
  must(log.writer->register_types(event_types{{longest, 1, "{}"}}));
  BOOST_TEST(fails_with(
    errc::limit_exceeded,
    log.writer->register_types(event_types{{longest + "t", 1, "{}"}})));
}

} // namespace cafes::test
