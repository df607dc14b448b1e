// SPDX-License-Identifier: MIT
#pragma once

#include "actors/read/memory_view.hpp"
#include "store/view_session.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace cafes::actors {

struct write_behind_limits {
  /// Documents, and how long they wait, until they are stored.
  std::size_t documents_max = 10'000;
  std::chrono::milliseconds age_max{1'000};
  /// Of all documents in memory.
  std::size_t bytes_max = 0;
};

/// Keeps a view in memory and stores it from time to time: many pages in one
/// commit, documents and checkpoint together. What is stored is a snapshot of
/// the view: a worker that ends early goes back to it, and applies again what
/// followed. What is parked is stored at once, with all before it.
/// Errors beyond those of the store: overloaded (too many bytes of documents).
/// Thread: one at a time.
class write_behind final : public store::view_writer {
public:
  write_behind(std::unique_ptr<store::view_writer> stored,
               store::view_identity view, std::shared_ptr<memory_view> shown,
               write_behind_limits limits);
  /// Stores what waits, if it can.
  ~write_behind() override;

  [[nodiscard]] expected<std::optional<position>> claim() override;
  [[nodiscard]] expected<std::vector<store::keyed_document>>
  load(std::span<const std::string> keys) override;
  [[nodiscard]] expected<std::vector<store::keyed_document>>
  list(const std::string& after_key, std::size_t limit) override;
  [[nodiscard]] expected<std::vector<parked_event>>
  parked(position after, std::size_t limit) override;
  [[nodiscard]] expected<store::view_orders> orders() override;
  [[nodiscard]] expected<void> pause(const std::string& why) override;
  [[nodiscard]] expected<void> commit(const store::view_commit& page) override;
  [[nodiscard]] expected<std::optional<store::target_build>>
  open_target() override;
  [[nodiscard]] expected<void> stop_target(int number,
                                           const std::string& why) override;
  [[nodiscard]] expected<void> go_live(position at) override;

private:
  using clock = std::chrono::steady_clock;

  [[nodiscard]] expected<void> fill(position checkpoint);
  [[nodiscard]] expected<void> fits(const store::view_commit& page) const;
  [[nodiscard]] expected<void> keep(const store::view_commit& page);
  [[nodiscard]] expected<void> store_with(const store::view_commit& page);
  [[nodiscard]] expected<void> store_waiting();
  [[nodiscard]] bool is_due() const;

  std::unique_ptr<store::view_writer> stored_;
  store::view_identity view_;
  std::shared_ptr<memory_view> shown_;
  write_behind_limits limits_;

  std::shared_ptr<store::log_store> memory_;
  std::unique_ptr<store::view_writer> documents_;
  /// Of a target: the live build, until it is replaced. It lives as long.
  write_behind* live_ = nullptr;
  std::size_t bytes_ = 0;
  std::unordered_map<std::string, std::size_t> sizes_;

  /// Where the store is, where memory is, and what only memory has.
  position stored_at_;
  position kept_at_;
  std::map<std::string, std::string> waiting_;
  clock::time_point waiting_since_;
  /// A page is in one of them and not in the other.
  bool is_torn_ = false;
};

} // namespace cafes::actors
