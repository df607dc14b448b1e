// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_store.hpp"
#include "tests/soak/passage.hpp"
#include "tests/support/stored_log.hpp"

#include <cafes/definition.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cafes::soak {

/// By key.
using passages = std::map<std::string, passage>;

/// What a store holds of one view.
struct view_content {
  std::int64_t checkpoint = 0;
  passages documents;
  /// By position: whose, and why.
  std::map<std::int64_t, std::string> parked;
  /// Empty while it is not.
  std::string paused;
};

/// Throws where the store does not answer.
[[nodiscard]] view_content read_view(store::log_store& store,
                                     const store::view_identity& view);

template <projection Projection>
view_content read_view(store::log_store& store) {
  const auto type = detail::make_projection_type<Projection>();
  return read_view(store, {type.name, type.version, type.shape});
}

/// What streams_seen and log_seen come to over a log: a fold from its
/// beginning, by a few lines that know nothing of pages and checkpoints.
[[nodiscard]] view_content
fold_streams(const std::vector<test::stored_event>& log, bool harmless_poison);
[[nodiscard]] view_content fold_log(const std::vector<test::stored_event>& log);

/// What both views of a store are, and how they differ from the fold of its
/// log; nobody else uses it.
struct compared_views {
  view_content streams;
  view_content log;
  std::vector<std::string> differences;
};

[[nodiscard]] compared_views compare_views(const std::string& dsn,
                                           test::stored_log& log,
                                           bool harmless_poison = false);

/// How a view differs from what it should be, a sentence each.
[[nodiscard]] std::vector<std::string> differences(const std::string& name,
                                                   const view_content& wanted,
                                                   const view_content& found);

} // namespace cafes::soak
