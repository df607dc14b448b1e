// SPDX-License-Identifier: MIT
#include "bench/view_stages.hpp"

#include "actors/read/document_cache.hpp"
#include "domain/balances.hpp"
#include "store/log_store.hpp"

#include <cafes/detail/typed_projection.hpp>
#include <cafes/settings.hpp>

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace cafes::bench {

namespace {

/// Beside any that a service builds.
constexpr int version_beside = 1'000'000;

template <class Value>
Value must(expected<Value> given) {
  if (!given)
    throw std::runtime_error{describe(given.error())};
  if constexpr (!std::is_void_v<Value>)
    return *std::move(given);
}

void must_not(const std::optional<detail::fold_failure>& failed) {
  if (failed)
    throw std::runtime_error{failed->message};
}

/// Does the work and adds what it took.
template <class Work>
auto timed(seconds& spent, Work&& work) {
  struct adding {
    ~adding() { spent += std::chrono::steady_clock::now() - started; }
    seconds& spent;
    std::chrono::steady_clock::time_point started
      = std::chrono::steady_clock::now();
  } const until_the_end{spent};
  return work();
}

} // namespace

std::string view_stages::describe() const {
  const auto all = read + fold + load + write;
  const auto part = [&](seconds stage) {
    return fmt::format("{:.2f} us ({:.0f} %)",
                       stage.count() * 1e6 / static_cast<double>(events),
                       100 * stage / all);
  };
  return fmt::format("an event, one stage after the other: read {}, decode and "
                     "fold {}, load documents {}, write {}",
                     part(read), part(fold), part(load), part(write));
}

view_stages time_view_stages(const std::string& store, std::size_t events_max) {
  const auto type = detail::make_projection_type<bank::balances>();
  const auto opened = must(store::open_store(store));
  const auto reader = must(opened->open_reader());
  const auto view
    = must(opened->open_view_writer({type.name, version_beside, type.shape}));
  auto checkpoint = must(view->claim()).value();
  actors::document_cache cache{type.options.cache_bytes_max};
  if (checkpoint == position{})
    cache.start_empty();
  view_stages spent;
  while (spent.events < events_max) {
    const auto events = timed(spent.read, [&] {
      return must(reader->read_log(checkpoint, settings{}.page_events_max));
    });
    if (events.empty())
      break;
    const auto page = type.start_page();
    const auto keys = timed(spent.fold, [&] {
      for (const auto& event : events)
        if (page->read(event).key)
          page->take();
      return page->keys();
    });
    const auto loaded = timed(spent.load,
                              [&] { return must(cache.load(keys, *view)); });
    const auto changed = timed(spent.fold, [&] {
      for (const auto& document : loaded)
        must_not(page->load(document));
      std::atomic<const recorded_event*> at{nullptr};
      must_not(page->fold(at));
      return page->changed();
    });
    const auto last = events.back().at;
    timed(spent.write, [&] {
      must(view->commit({checkpoint, last, changed, {}, {}}));
      for (const auto& document : changed)
        cache.put(document);
    });
    checkpoint = last;
    spent.events += events.size();
  }
  return spent;
}

} // namespace cafes::bench
