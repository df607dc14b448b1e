// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/read_session.hpp"
#include "store/postgres/view_plan.hpp"
#include "store/view_session.hpp"

#include <pqxx/result>

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
  template <class Read>
  std::invoke_result_t<Read> read(const view_identity& view, Read work);

  std::string prepared(std::string_view name, std::string_view statement,
                       const view_identity& view);

  [[nodiscard]] expected<pqxx::result> ask(const view_identity& view,
                                           const made_statement& question);

  [[nodiscard]] expected<view_identity>
  with_usable_indexes(const view_identity& view,
                      const checked_selection& selected);

  [[nodiscard]] expected<view_plan::way> way_of(const view_identity& view,
                                                const view_plan& plan);

  read_session session_;
  /// Tables and fields whose index has been seen.
  std::set<std::pair<std::string, std::string>> indexes_;
};

} // namespace cafes::store::postgres
