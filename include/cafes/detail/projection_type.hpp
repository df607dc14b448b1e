// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/aggregate_type.hpp>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::detail {

/// One document of a view as JSON text.
struct keyed_document {
  std::string key;
  std::string data;

  bool operator==(const keyed_document&) const = default;
};

/// A document's key has the form of a stream's: 1 to 255 bytes of valid UTF-8
/// without NUL. Errors: invalid_argument, limit_exceeded.
[[nodiscard]] expected<void> check_document_key(std::string_view key);

/// One page of events on its way into documents, in four steps:
/// add each event, load the documents behind keys(), fold, write documents().
/// Thread: one at a time.
class page_fold {
public:
  virtual ~page_fold() = default;

  /// Takes an event; one of a type that the projection does not name, or that
  /// its `key` leaves out, is passed over.
  /// Errors: corrupt (it does not decode or `key` threw).
  [[nodiscard]] virtual expected<void> add(const recorded_event& stored) = 0;

  /// The documents that the added events belong to, each once.
  [[nodiscard]] virtual std::vector<std::string> keys() const = 0;

  /// Sets a stored document. Errors: corrupt (it does not decode).
  [[nodiscard]] virtual expected<void> load(const keyed_document& stored) = 0;

  /// Applies the added events in order and returns the changed documents.
  /// Errors: corrupt (`apply` threw, or the document cannot be stored).
  [[nodiscard]] virtual expected<std::vector<keyed_document>> fold() = 0;
};

struct projection_type {
  std::string name;
  int version = 0;
  /// The document's fields as readable shape.
  std::string shape;
  std::vector<event_type> events;
  std::function<std::unique_ptr<page_fold>()> start_page;
};

} // namespace cafes::detail
