// SPDX-License-Identifier: MIT
#pragma once

#include "actors/read/feed.hpp"
#include "tests/support/batches.hpp"
#include "tests/support/simulated_system.hpp"

#include <caf/group_manager.hpp>
#include <caf/typed_response_promise.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace cafes::test {

inline actors::page_read read_of(actors::committed_batch events) {
  actors::log_page page;
  actors::add_after({}, events->size(), events, page);
  page.batches = {std::move(events)};
  return std::make_shared<const expected<actors::log_page>>(std::move(page));
}

struct feed_conditions {
  bool end_known = true;
  int head = 0;
  /// Pages of ten events that it may keep.
  std::size_t pages = 100;
};

/// A feed's actor: the test is the log's reader, some projections and the
/// group.
struct lone_feed {
  using promise = caf::typed_response_promise<actors::page_read>;

  explicit lone_feed(const feed_conditions& like = {}) : stored{like.head} {
    auto hints_group = system.system().groups().get_local("test");
    system.spawn(
      [this, hints_group](caf::event_based_actor* self) -> caf::behavior {
        self->join(hints_group);
        return {[this](const actors::head_hint& hint) {
          hints.push_back(static_cast<int>(hint.head.value()));
        }};
      });
    for (std::size_t one = 0; one < told.size(); ++one)
      projections.push_back(
        system.spawn([this, one](caf::event_based_actor*) -> caf::behavior {
          return {[this, one](const actors::page_read& read) {
            told[one].push_back(*read ? positions(**read)
                                      : std::vector<int>{failed});
          }};
        }));
    reader
      = system.spawn([this](caf::event_based_actor* self) -> caf::behavior {
          return {[this, self](const actors::pull& asked) {
                    reads.push_back(static_cast<int>(asked.after.value()));
                    auto answer = self->make_response_promise<promise>();
                    under_way.push_back({asked, answer});
                    if (answers_at_once)
                      answer_oldest();
                    return answer;
                  },
                  [this](actors::announce) { answer_oldest(); }};
        });
    actor = system.spawn(
      actors::feed_actor,
      actors::feed_surroundings{reader, hints_group, 100'000,
                                like.pages * actors::bytes_of(*batch(1, 10)),
                                std::make_shared<std::atomic<std::size_t>>(0),
                                like.end_known, position{like.head}});
    system.run();
  }

  ~lone_feed() { under_way.clear(); }

  void pull(std::size_t projection, int after,
            std::size_t limit_in_memory = 0) {
    caf::send_as(projections.at(projection), actor,
                 actors::pull{position{after}, 10, limit_in_memory});
    system.run();
  }

  void pull(int after) { pull(0, after); }

  /// Pulls on until it has been told that there is nothing more; or so
  /// often.
  void follow(std::size_t projection, int after, int pulls_max = 1'000) {
    for (int pulls = 0; pulls < pulls_max; ++pulls) {
      pull(projection, after);
      if (told[projection].back().empty())
        return;
      BOOST_REQUIRE(told[projection].back().front() == after + 1);
      after = told[projection].back().back();
    }
  }

  /// The store answers the oldest read with what it holds now.
  void answer_next() {
    system.send(reader, actors::announce{});
    system.run();
  }

  void answer_all() {
    while (!under_way.empty())
      answer_next();
  }

  /// Within the reader.
  void answer_oldest() {
    auto [asked, answer] = under_way.front();
    under_way.pop_front();
    if (fails) {
      answer.deliver(
        actors::page_read{std::make_shared<const expected<actors::log_page>>(
          failure(errc::unavailable, "by the test"))});
      return;
    }
    const auto first = static_cast<int>(asked.after.value()) + 1;
    const auto last = first - 1 + static_cast<int>(asked.limit);
    answer.deliver(read_of(batch(first, std::min(stored, last))));
  }

  /// How often a page that starts after a position was read.
  [[nodiscard]] std::ptrdiff_t reads_after(int after) const {
    return std::count(reads.begin(), reads.end(), after);
  }

  /// Instead of events.
  static constexpr int failed = -1;

  int stored;
  bool fails = false;
  bool answers_at_once = true;
  std::vector<int> hints;
  std::array<std::vector<std::vector<int>>, 3> told;
  std::vector<std::vector<int>>& pages = told[0];
  std::vector<int> reads;
  std::deque<std::pair<actors::pull, promise>> under_way;
  simulated_system system;
  std::vector<caf::actor> projections;
  caf::actor reader;
  caf::actor actor;
};

} // namespace cafes::test
