// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/event.hpp>
#include <cafes/one_of.hpp>
#include <cafes/recorded_event.hpp>

#include <concepts>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace cafes {

/// Where an event stands, for a projection: everything but its fields.
struct event_context {
  const stream_name& stream;
  version at_version;
  position at;
  timestamp recorded_at;
  const provenance& from;
};

namespace detail {

template <class Projection, class Event>
concept keys = requires(const event_context& where, const Event& happened) {
  {
    Projection::key(where, happened)
    } -> std::convertible_to<std::optional<std::string>>;
};

template <class Projection, class Event>
concept applies = requires(typename Projection::document& document,
                           const event_context& where, const Event& happened) {
  { Projection::apply(document, where, happened) } -> std::same_as<void>;
};

template <class Projection, class Event>
struct check_projected {
  static_assert(event<Event>,
                "cafes: this event has no CAFES_EVENT(name, version, fields…)");
  static_assert(keys<Projection, Event>,
                "cafes: the projection has no static std::string key(const "
                "event_context&, const Event&) for this event; it may return "
                "std::optional<std::string> to leave events out");
  static_assert(applies<Projection, Event>,
                "cafes: the projection has no static void apply(document&, "
                "const event_context&, const Event&) for this event");
  static constexpr bool passed = true;
};

template <class Projection, class List>
struct check_all_projected;
template <class Projection, class... Events>
struct check_all_projected<Projection, one_of<Events...>> {
  static constexpr bool passed = (check_projected<Projection, Events>::passed
                                  && ...);
};

template <class Projection>
concept indexes = requires {
  Projection::indexed;
};

/// Names of fields.
template <class Projection>
concept has_index_names = requires {
  requires std::convertible_to<decltype(*std::begin(Projection::indexed)),
                               std::string_view>;
};

} // namespace detail

/// Folds events into documents by key. `name` is `[a-z][a-z0-9_]*` up to 40
/// bytes; a new `version` is built beside the old one. `key` says which
/// document an event belongs to (1 to 255 bytes of valid UTF-8 without NUL);
/// one that returns std::optional<std::string> leaves an event out by nullopt.
/// `apply` folds it in; both are pure.
/// It may name fields that queries have conditions on, at most
/// limits::indexed_fields_max: `static constexpr std::array indexed{"owner",
/// "total.deposits"};`. They have an index on PostgreSQL; elsewhere, and for
/// other fields, a query looks through the documents.
template <class Type>
concept projection = requires {
  { Type::name } -> std::convertible_to<std::string_view>;
  { Type::version } -> std::convertible_to<int>;
  typename Type::document;
  typename Type::events;
};

/// Fails to compile with a sentence naming the missing function or macro.
template <projection Projection>
struct check_projection {
  static_assert(detail::has_fields<typename Projection::document>,
                "cafes: the projection's document has no CAFES_FIELDS(…)");
  static_assert(
    !detail::indexes<Projection> || detail::has_index_names<Projection>,
    "cafes: the projection's `indexed` is no array of field names");
  static constexpr bool passed
    = detail::check_all_projected<Projection,
                                  typename Projection::events>::passed;
};

} // namespace cafes
