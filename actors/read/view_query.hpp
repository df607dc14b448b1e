// SPDX-License-Identifier: MIT
#pragma once

#include "actors/read/projection_progress.hpp"
#include "actors/session_pool.hpp"
#include "store/log_store.hpp"

#include <cafes/detail/projection_type.hpp>
#include <cafes/view.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cafes::actors {

/// Answers queries of views in the caller's thread. Thread: any; blocks.
class view_query {
public:
  explicit view_query(std::shared_ptr<store::log_store> store);

  void add(const detail::projection_type& type,
           std::shared_ptr<projection_progress> progress);

  [[nodiscard]] expected<std::optional<std::string>>
  find(std::string_view projection, std::string_view key,
       const freshness& fresh);

  [[nodiscard]] expected<store::view_reader::page>
  list(std::string_view projection, const view_range& range,
       const freshness& fresh);

  /// Waits until the view holds a position, wherever it is built.
  /// Errors: deadline_exceeded.
  [[nodiscard]] expected<void> wait_for(std::string_view projection,
                                        const freshness& fresh);

private:
  struct view {
    store::view_identity identity;
    std::shared_ptr<projection_progress> progress;
  };

  [[nodiscard]] expected<const view*> named(std::string_view projection) const;
  [[nodiscard]] expected<void> wait_for(const view& wanted,
                                        const freshness& fresh);

  std::shared_ptr<store::log_store> store_;
  session_pool<store::view_reader> readers_;
  std::map<std::string, view, std::less<>> views_;
};

} // namespace cafes::actors
