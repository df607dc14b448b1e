// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/projection_type.hpp>
#include <cafes/expected.hpp>
#include <cafes/recorded_event.hpp>

#include <map>
#include <string>
#include <vector>

namespace cafes::actors {

/// Folds events into the documents that a projection would make of them alone,
/// in memory and in the caller's thread. After an error it is of no more use.
/// Thread: one at a time.
class live_fold {
public:
  explicit live_fold(const detail::projection_type& type) : type_{type} {}

  /// Events in order, behind those of the calls before.
  /// Limits: limits::page_documents_max documents in all.
  /// Errors: corrupt (an event cannot be applied; the message names it),
  /// limit_exceeded.
  [[nodiscard]] expected<void> add(const std::vector<recorded_event>& events);

  /// In ascending byte order of key.
  [[nodiscard]] std::vector<detail::keyed_document> documents() const;

private:
  const detail::projection_type& type_;
  std::map<std::string, std::string> documents_;
};

} // namespace cafes::actors
