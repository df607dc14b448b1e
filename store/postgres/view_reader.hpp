// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/read_session.hpp"
#include "store/postgres/view_plan.hpp"
#include "store/view_session.hpp"

#include <pqxx/result>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace cafes::store::postgres {

/// Reads views on PostgreSQL. Every call is one snapshot of committed rows.
class view_reader : public store::view_reader {
public:
  explicit view_reader(conninfo where);

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
  template <class Answer>
  using reading
    = std::function<expected<std::optional<Answer>>(const view_identity& live)>;

  /// Runs a read on the live build; its answer is nullopt where the build is
  /// not live any more.
  template <class Answer>
  [[nodiscard]] expected<Answer>
  read(const view_identity& view, const reading<Answer>& work);

  [[nodiscard]] expected<int> find_live(const view_identity& view);

  std::string prepared(std::string_view name, std::string_view statement,
                       const view_identity& live);

  [[nodiscard]] expected<pqxx::result> ask(const view_identity& live,
                                           const made_statement& question);

  [[nodiscard]] view_identity
  with_usable_indexes(const view_identity& live,
                      const checked_selection& selected);

  [[nodiscard]] expected<view_plan::way> way_of(const view_identity& live,
                                                const view_plan& plan);

  [[nodiscard]] expected<std::optional<page>>
  query_live(const view_identity& live, const checked_query& asked);

  [[nodiscard]] expected<std::optional<totals>>
  total_live(const view_identity& live, const checked_total& asked);

  read_session session_;
  /// By name and version: which build was live when last looked up.
  std::map<std::pair<std::string, int>, int> live_;
  /// Tables and fields whose index has been seen.
  std::set<std::pair<std::string, std::string>> indexes_;
};

} // namespace cafes::store::postgres
