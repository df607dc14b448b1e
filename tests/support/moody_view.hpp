// SPDX-License-Identifier: MIT
#pragma once

#include "actors/read/batch_ring.hpp"
#include "actors/read/view_builder.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/moody.hpp"
#include "tests/support/printing.hpp"

#include <cafes/detail/typed_projection.hpp>
#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cafes::test {

/// A view of streams whose events say what its handlers are to do with them.
struct moody_view {
  explicit moody_view(const projection_options& options = {})
    : type{detail::make_projection_type<moody>(options)} {
    moody::mood().spoil();
    writer = must(store->open_writer());
    must(writer->acquire("test", std::chrono::milliseconds{0}));
    added_type = must(writer->register_types(
                        detail::make_aggregate_type<tally>().events))
                   .at(0);
    control = must(store->open_view_operator());
    start();
  }

  ~moody_view() { moody::mood().mend(); }

  /// As after a crash: whatever was not committed is gone.
  void start() {
    builder.reset();
    builder = std::make_unique<actors::view_builder>(type, store);
    BOOST_REQUIRE(must(builder->claim()).has_value());
    must(builder->obey());
  }

  void append(const std::string& key, const std::string& note = "") {
    store::append_request request;
    request.stream = {"tally", key};
    request.events.push_back({added_type, *encode(added{1, note}), ""});
    must(must(writer->append(std::vector{request})).at(0));
  }

  /// One page with all that is not applied yet, however much that is.
  expected<void> follow() {
    const auto reader = must(store->open_reader());
    actors::log_page page;
    for (auto after = builder->checkpoint();;) {
      const auto some = std::make_shared<const std::vector<recorded_event>>(
        must(reader->read_log(after, limits::page_events_max)));
      if (some->empty())
        break;
      actors::add_after(after, page.events.size() + some->size(), some, page);
      after = some->back().at;
    }
    return page.events.empty() ? expected<void>{} : builder->apply(page);
  }

  [[nodiscard]] std::vector<std::int64_t> seen(const std::string& key) {
    auto found
      = must(must(store->open_view_reader())->find(store::view_of(type), key))
          .document;
    return found ? decode<moody::document>(*found)->seen
                 : std::vector<std::int64_t>{};
  }

  [[nodiscard]] std::vector<parked_event> parked() {
    return must(control->parked(view(), {}, limits::page_parked_max));
  }

  [[nodiscard]] std::vector<std::int64_t> parked_positions() {
    std::vector<std::int64_t> positions;
    for (const auto& event : parked())
      positions.push_back(event.at.value());
    return positions;
  }

  void wish(parked_wish wished, const std::optional<std::string>& key = {}) {
    must(control->wish(view(), key, wished));
    must(builder->obey());
  }

  [[nodiscard]] int commits() {
    return store->faults().calls(store_call::commit);
  }

  [[nodiscard]] int loads() { return store->faults().calls(store_call::load); }

  [[nodiscard]] store::view_identity view() const {
    return {type.name, type.version, type.shape};
  }

  detail::projection_type type;
  std::shared_ptr<faulty_store> store = std::make_shared<faulty_store>();
  std::unique_ptr<store::log_writer_session> writer;
  store::type_id added_type;
  std::unique_ptr<store::view_operator> control;
  std::unique_ptr<actors::view_builder> builder;
};

} // namespace cafes::test
