// SPDX-License-Identifier: MIT
#include "actors/check_definition.hpp"

#include "store/view_identity.hpp"

#include <cafes/limits.hpp>
#include <cafes/stream.hpp>

#include <algorithm>
#include <set>

namespace cafes::actors {

namespace {

using event_types = std::vector<detail::event_type>;

event_types::const_iterator find(const event_types& known,
                                 const detail::event_type& wanted) {
  return std::find_if(known.begin(), known.end(), [&](const auto& each) {
    return each.name == wanted.name
           && each.schema_version == wanted.schema_version;
  });
}

expected<void> check_type(const detail::event_type& type) {
  if (type.name.empty() || type.name.size() > limits::type_name_bytes_max)
    return failure(errc::invalid_argument,
                   "an event name has 1 to 128 bytes: \"" + type.name + "\"");
  if (type.schema_version < 1)
    return failure(errc::invalid_argument,
                   type.name + " has schema version "
                     + std::to_string(type.schema_version)
                     + ", the first is 1");
  return {};
}

expected<void> check_aggregate(const detail::aggregate_type& aggregate) {
  if (auto named = make_stream_name(aggregate.category, "key"); !named)
    return failure_of(named);
  std::set<std::string> commands;
  for (const auto& command : aggregate.commands)
    if (!commands.insert(command.name).second)
      return failure(errc::invalid_argument, aggregate.category
                                               + " has two commands called "
                                               + command.name);
  return {};
}

expected<void> same_shape(const detail::event_type& known,
                          const detail::event_type& other) {
  if (known.shape == other.shape)
    return {};
  return failure(errc::incompatible_schema,
                 known.name + " v" + std::to_string(known.schema_version)
                   + " is both " + known.shape + " and " + other.shape);
}

expected<event_types>
types_of(const std::vector<detail::aggregate_type>& aggregates) {
  event_types types;
  std::set<std::string> categories;
  for (const auto& aggregate : aggregates) {
    if (!categories.insert(aggregate.category).second)
      return failure(errc::invalid_argument,
                     "two aggregates are called " + aggregate.category);
    if (auto checked = check_aggregate(aggregate); !checked)
      return failure_of(checked);
    for (const auto& type : aggregate.events) {
      if (auto checked = check_type(type); !checked)
        return failure_of(checked);
      const auto known = find(types, type);
      if (known == types.end())
        types.push_back(type);
      else if (auto same = same_shape(*known, type); !same)
        return failure_of(same);
    }
  }
  return types;
}

/// Somebody makes the events that are followed.
expected<void> check_followed(const std::string& name,
                              const event_types& followed,
                              const event_types& made) {
  for (const auto& type : followed) {
    const auto known = find(made, type);
    if (known == made.end())
      return failure(errc::invalid_argument, name + " follows " + type.name
                                               + ", which no aggregate makes");
    if (auto same = same_shape(*known, type); !same)
      return same;
  }
  return {};
}

expected<void> check_options(const detail::reactor_type& reactor) {
  constexpr std::size_t concurrency_max = 64;
  constexpr std::chrono::milliseconds shortest{1};
  constexpr std::chrono::milliseconds longest = std::chrono::hours{24};
  const auto& options = reactor.options;
  const auto wrong = [&](const std::string& what) {
    return failure(errc::invalid_argument, reactor.name + ": " + what);
  };
  if (options.concurrency < 1 || options.concurrency > concurrency_max)
    return wrong("concurrency is 1 to 64");
  if (options.attempts_max < 1)
    return wrong("attempts_max is at least 1");
  if (options.pause_min < shortest || options.pause_max < options.pause_min
      || options.pause_max > longest)
    return wrong("its pauses are 1 ms to a day, pause_min before pause_max");
  if (options.handler_time_max < shortest)
    return wrong("handler_time_max is at least 1 ms");
  return {};
}

/// `names` are those of the projections, and of the reactors before.
expected<void> check_reactor(const detail::reactor_type& reactor,
                             const event_types& types,
                             std::set<std::string>& names) {
  if (auto named = store::check_view({reactor.name, 1, {}}); !named)
    return failure_of(named);
  if (auto checked = check_options(reactor); !checked)
    return checked;
  if (!names.insert(reactor.name).second)
    return failure(errc::invalid_argument,
                   "two projections or reactors are called " + reactor.name);
  return check_followed(reactor.name, reactor.events, types);
}

} // namespace

expected<event_types> check_definition(const definition& service) {
  auto types = types_of(service.aggregates());
  if (!types)
    return types;
  std::set<std::string> projections;
  for (const auto& projection : service.projections()) {
    if (auto named = store::check_view(store::view_of(projection)); !named)
      return failure_of(named);
    if (projection.options.handler_time_max < std::chrono::milliseconds{1})
      return failure(errc::invalid_argument,
                     projection.name
                       + " gives its handlers no time: handler_time_max is "
                         "at least 1 ms");
    if (!projections.insert(projection.name).second)
      return failure(errc::invalid_argument,
                     "two projections are called " + projection.name);
    if (auto made = check_followed(projection.name, projection.events, *types);
        !made)
      return failure_of(made);
  }
  for (const auto& reactor : service.reactors())
    if (auto checked = check_reactor(reactor, *types, projections); !checked)
      return failure_of(checked);
  return types;
}

} // namespace cafes::actors
