// SPDX-License-Identifier: MIT
#pragma once

#include "store/sqlite/connection.hpp"
#include "store/sqlite/view_table.hpp"
#include "store/view_session.hpp"

#include <filesystem>

namespace cafes::store::sqlite {

class view_reader final : public store::view_reader {
public:
  explicit view_reader(const std::filesystem::path& file);

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
  template <class Work>
  using result_of = std::invoke_result_t<Work&, database&, const view_identity&,
                                         const stored_view&>;

  template <class Work>
  result_of<Work> use(const view_identity& view, Work&& work);

  connection connection_;
};

} // namespace cafes::store::sqlite
