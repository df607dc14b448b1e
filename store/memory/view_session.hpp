// SPDX-License-Identifier: MIT
#pragma once

#include "store/memory/memory_log.hpp"
#include "store/view_session.hpp"

#include <memory>

namespace cafes::store::memory {

/// In order of position.
[[nodiscard]] std::vector<parked_event>
parked_after(const memory_log::view& view, position after, std::size_t limit);

class view_writer final : public store::view_writer {
public:
  view_writer(std::shared_ptr<memory_log> log, view_identity view);
  ~view_writer() override;

  [[nodiscard]] expected<std::optional<position>> claim() override;
  [[nodiscard]] expected<std::vector<keyed_document>>
  load(std::span<const std::string> keys) override;
  [[nodiscard]] expected<std::vector<parked_event>>
  parked(position after, std::size_t limit) override;
  [[nodiscard]] expected<view_orders> orders() override;
  [[nodiscard]] expected<void> pause(const std::string& why) override;
  [[nodiscard]] expected<void> commit(const view_commit& page) override;

private:
  [[nodiscard]] memory_log::view& stored();

  std::shared_ptr<memory_log> log_;
  view_identity view_;
  bool claims_ = false;
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
  [[nodiscard]] expected<const memory_log::view*>
  stored(const view_identity& view) const;
  [[nodiscard]] expected<const memory_log::view*>
  stored_as(const view_identity& view) const;

  std::shared_ptr<memory_log> log_;
};

} // namespace cafes::store::memory
