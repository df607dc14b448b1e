// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/connection.hpp"
#include "store/postgres/schema.hpp"
#include "store/view_session.hpp"

#include <pqxx/transaction_base>

#include <memory>
#include <string>
#include <string_view>

namespace cafes::store::postgres {

/// The session that holds the claim of a view, shared by the writers of its
/// builds.
struct view_session;

/// Builds a view on PostgreSQL. The claim is an advisory lock of the session;
/// a checkpoint that has moved stops a worker that lost its claim unnoticed.
class view_writer : public store::view_writer {
public:
  view_writer(conninfo where, view_identity view);
  /// Of a target.
  view_writer(std::shared_ptr<view_session> session, view_identity view);

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
  [[nodiscard]] expected<void> pause_or_stop(int build, const std::string& why);
  [[nodiscard]] connection& on();
  [[nodiscard]] std::string prepared(std::string_view name) const;
  void prepare_statements();
  [[nodiscard]] expected<std::optional<position>> claim_on_new_session();
  [[nodiscard]] expected<position> find_or_create_live();
  [[nodiscard]] expected<position> find_or_create(pqxx::transaction_base& in);
  [[nodiscard]] bool write_documents(const view_commit& page);
  [[nodiscard]] bool write_page(const view_commit& page);
  [[nodiscard]] bool may_go_live(pqxx::transaction_base& in,
                                 const view_builds& builds, position at);

  std::shared_ptr<view_session> session_;
  view_identity view_;
};

} // namespace cafes::store::postgres
