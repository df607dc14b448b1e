// SPDX-License-Identifier: MIT
#pragma once

#include "actors/session_pool.hpp"
#include "store/log_store.hpp"

#include <cafes/detail/projection_type.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::actors {

/// What people ask of projections, in the caller's thread: it is written down
/// in the store, and whoever builds the view obeys within its poll interval.
/// Thread: any; blocks. Errors: invalid_argument (no such projection),
/// unavailable.
class view_control {
public:
  explicit view_control(std::shared_ptr<store::log_store> store);

  void add(const detail::projection_type& type);

  [[nodiscard]] expected<void> pause(std::string_view projection,
                                     const std::string& why);
  [[nodiscard]] expected<void> resume(std::string_view projection);
  [[nodiscard]] expected<bool> is_paused(std::string_view projection);
  [[nodiscard]] expected<std::vector<parked_event>>
  parked(std::string_view projection, position after, std::size_t limit);
  [[nodiscard]] expected<std::int64_t>
  wish(std::string_view projection, const std::optional<std::string>& key,
       parked_wish wish);
  [[nodiscard]] expected<store::view_builds> change(std::string_view projection,
                                                    store::build_change wanted);

private:
  template <class Work>
  auto with(std::string_view projection, Work&& work);

  std::shared_ptr<store::log_store> store_;
  session_pool<store::view_operator> sessions_;
  std::map<std::string, store::view_identity, std::less<>> views_;
  /// Those that are made of the log, and so can be made anew.
  std::set<std::string, std::less<>> projections_;
};

} // namespace cafes::actors
