// SPDX-License-Identifier: MIT
#pragma once

#include "store/memory/memory_log.hpp"
#include "store/view_session.hpp"

#include <memory>

namespace cafes::store::memory {

/// In order of position.
[[nodiscard]] std::vector<parked_event>
parked_after(const memory_log::build& build, position after, std::size_t limit);

/// Held by the writers of a view, and given up with the last of them.
class view_claim;

class view_writer final : public store::view_writer {
public:
  /// With a claim if it is one of a target.
  view_writer(std::shared_ptr<memory_log> log, view_identity view,
              std::shared_ptr<view_claim> claimed = {});

  [[nodiscard]] expected<std::optional<position>> claim() override;
  [[nodiscard]] expected<std::vector<keyed_document>>
  load(std::span<const std::string> keys) override;
  [[nodiscard]] expected<std::vector<keyed_document>>
  list(const std::string& after_key, std::size_t limit) override;
  [[nodiscard]] expected<std::vector<parked_event>>
  parked(position after, std::size_t limit) override;
  [[nodiscard]] expected<view_orders> orders() override;
  [[nodiscard]] expected<void> pause(const std::string& why) override;
  [[nodiscard]] expected<void> commit(const view_commit& page) override;
  [[nodiscard]] expected<std::optional<target_build>> open_target() override;
  [[nodiscard]] expected<void> stop_target(int number,
                                           const std::string& why) override;
  [[nodiscard]] expected<void> go_live(position at) override;

private:
  [[nodiscard]] memory_log::view& view();
  void stop(int target, const std::string& why);
  /// nullptr once it was dropped.
  [[nodiscard]] memory_log::build* build();

  std::shared_ptr<memory_log> log_;
  view_identity view_;
  std::shared_ptr<view_claim> claim_;
};

class view_reader final : public store::view_reader {
public:
  explicit view_reader(std::shared_ptr<memory_log> log)
    : log_{std::move(log)} {}

  [[nodiscard]] expected<position>
  checkpoint(const view_identity& view) override;
  [[nodiscard]] expected<entry> find(const view_identity& view,
                                     const std::string& key) override;
  [[nodiscard]] expected<page> query(const view_identity& view,
                                     const view_query& asked) override;
  [[nodiscard]] expected<totals> total(const view_identity& view,
                                       const view_selection& selected,
                                       const std::string& summed) override;

private:
  [[nodiscard]] expected<const memory_log::build*>
  live(const view_identity& view) const;
  /// The same, if its documents have the shape that is asked for.
  [[nodiscard]] expected<const memory_log::build*>
  live_as(const view_identity& view) const;

  std::shared_ptr<memory_log> log_;
};

} // namespace cafes::store::memory
