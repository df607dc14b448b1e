// SPDX-License-Identifier: MIT
#include "tests/support/parking_view.hpp"

#include "tests/support/printing.hpp"

#include <cafes/limits.hpp>

#include <chrono>
#include <utility>

namespace cafes {

std::ostream& operator<<(std::ostream& out, const parked_event& shown) {
  return out << shown.at.value() << (shown.is_stream ? " of stream " : " of ")
             << shown.key << ", " << to_string(shown.reason) << " \""
             << shown.message << "\", " << shown.attempts << " times, "
             << to_string(shown.parked_at) << ", " << to_string(shown.wish);
}

} // namespace cafes

namespace cafes::test {

parked_event parked_at(std::int64_t at, const std::string& key) {
  return {position{at},
          key,
          false,
          parking_reason::handler,
          "refused by the test",
          2,
          timestamp{std::chrono::microseconds{1'700'000'000'000'001 + at}},
          parked_wish::none};
}

parking_view::parking_view(store_under_test& under, store::view_identity wanted)
  : view{std::move(wanted)},
    writer{must(under.store().open_view_writer(view))},
    control{must(under.store().open_view_operator())},
    at{must(writer->claim()).value()} {}

expected<void> parking_view::commit(const std::vector<parked_event>& parked,
                                    const std::vector<position>& released,
                                    std::int64_t steps) {
  const position to{at.value() + steps};
  const std::vector<store::keyed_document> changed{
    {"1", std::to_string(to.value())}};
  auto done = writer->commit({at, to, changed, parked, released});
  if (done)
    at = to;
  return done;
}

void parking_view::park(const std::vector<parked_event>& events) {
  must(commit(events, {}));
}

std::vector<parked_event> parking_view::parked() const {
  return must(writer->parked(position{}, limits::page_parked_max));
}

std::vector<parked_event> parking_view::wished() const {
  return must(writer->orders()).wished;
}

} // namespace cafes::test
