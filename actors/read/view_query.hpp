// SPDX-License-Identifier: MIT
#pragma once

#include "actors/read/memory_view.hpp"
#include "actors/read/projection_progress.hpp"
#include "actors/session_pool.hpp"
#include "store/log_store.hpp"

#include <cafes/detail/projection_type.hpp>
#include <cafes/view.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cafes::actors {

/// Answers queries of views in the caller's thread. Thread: any; blocks.
class view_query {
public:
  explicit view_query(std::shared_ptr<store::log_store> store);

  void
  add(const detail::projection_type& type,
      std::shared_ptr<projection_progress> progress,
      std::shared_ptr<memory_view> memory = std::make_shared<memory_view>());

  [[nodiscard]] expected<store::view_reader::entry>
  find(std::string_view projection, std::string_view key,
       const freshness& fresh);

  [[nodiscard]] expected<store::view_reader::page>
  query(std::string_view projection, const cafes::view_query& asked,
        const freshness& fresh);

  /// Without a field's name there is no sum.
  [[nodiscard]] expected<store::view_reader::totals>
  total(std::string_view projection, const view_selection& selected,
        const std::string& summed, const freshness& fresh);

  /// Whether a query makes sense. Errors: as query.
  [[nodiscard]] expected<void> check(std::string_view projection,
                                     const cafes::view_query& asked) const;

  /// Another one whenever what the view holds may have changed; nullopt before
  /// it exists. Of one that has been checked.
  [[nodiscard]] std::optional<std::uint64_t>
  revision(std::string_view projection) const;

  /// Waits until these views hold a position, wherever they are built, and not
  /// for those that are paused: seen to be, and still so in the store.
  /// Errors: deadline_exceeded, which names each that does not.
  [[nodiscard]] expected<void>
  wait_for_all(const std::vector<std::string>& projections,
               const freshness& fresh,
               const std::function<bool(std::string_view)>& is_paused);

private:
  struct view {
    store::view_identity identity;
    std::shared_ptr<projection_progress> progress;
    std::shared_ptr<memory_view> memory;
  };

  /// From memory where the view is there, else from the store.
  template <class Read>
  auto with_reader(const view& wanted, Read&& work)
    -> decltype(work(std::declval<store::view_reader&>())) {
    if (const auto here = wanted.memory->open_reader())
      return work(*here);
    return readers_.with(std::forward<Read>(work));
  }

  [[nodiscard]] expected<const view*> named(std::string_view projection) const;
  [[nodiscard]] static expected<void> wait_for(const view& wanted,
                                               const freshness& fresh);
  template <class Read>
  [[nodiscard]] std::invoke_result_t<Read, store::view_reader&,
                                     const store::view_identity&>
  read(const view& wanted, const freshness& fresh, Read read);

  std::shared_ptr<store::log_store> store_;
  session_pool<store::view_reader> readers_;
  std::map<std::string, view, std::less<>> views_;
};

} // namespace cafes::actors
