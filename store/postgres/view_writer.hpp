// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/connection.hpp"
#include "store/postgres/schema.hpp"
#include "store/view_session.hpp"

#include <string>

namespace cafes::store::postgres {

/// Builds a view on PostgreSQL. The claim is an advisory lock of the session;
/// a checkpoint that has moved stops a worker that lost its claim unnoticed.
class view_writer : public store::view_writer {
public:
  view_writer(conninfo where, view_identity view);
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
  [[nodiscard]] expected<std::optional<position>> claim_on_new_session();
  [[nodiscard]] expected<position> find_or_create(const std::string& payload);
  void create(const std::string& payload);
  [[nodiscard]] bool write_documents(const view_commit& page);
  [[nodiscard]] bool write_page(const view_commit& page);

  connection connection_;
  view_identity view_;
  std::string lock_key_;
};

} // namespace cafes::store::postgres
