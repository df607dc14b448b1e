// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/aggregate_type.hpp>
#include <cafes/parked.hpp>
#include <cafes/projection_options.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
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

/// What a fold could not get over.
struct fold_failure {
  const recorded_event* event = nullptr;
  /// The document it belongs to; empty where no key could be made.
  std::string key;
  parking_reason reason = parking_reason::handler;
  /// Without place: what was thrown, or does not decode.
  std::string message;
  /// Not to be tried again.
  bool is_final = false;
};

/// One page of events on its way into documents: `read` each event and `take`
/// those that are to be folded, `load` the documents behind keys(), `fold`.
/// After a failure it is of no more use; a new one is started without the event
/// at fault. Thread: one at a time.
class page_fold {
public:
  virtual ~page_fold() = default;

  /// Whose an event is; no key when the projection passes it over: it does not
  /// name its type, or its `key` leaves it out.
  struct read_event {
    std::optional<std::string> key;
    std::optional<fold_failure> failed;
  };

  [[nodiscard]] virtual read_event read(const recorded_event& stored) = 0;

  /// The event read last, which has a key, is to be folded.
  virtual void take() = 0;

  /// The documents that the events taken belong to, each once.
  [[nodiscard]] virtual std::vector<std::string> keys() const = 0;

  /// Sets a stored document.
  [[nodiscard]] virtual std::optional<fold_failure>
  load(const keyed_document& stored) = 0;

  /// Applies the events taken, in order. `at` is the one that is being applied.
  [[nodiscard]] virtual std::optional<fold_failure>
  fold(std::atomic<const recorded_event*>& at) = 0;

  /// The documents after a fold that did not fail.
  [[nodiscard]] virtual std::vector<keyed_document> changed() = 0;
};

struct projection_type {
  std::string name;
  int version = 0;
  /// The document's fields as readable shape.
  std::string shape;
  /// Fields that conditions find their documents by.
  std::vector<std::string> indexed;
  std::vector<event_type> events;
  projection_options options;
  std::function<std::unique_ptr<page_fold>()> start_page;
};

} // namespace cafes::detail
