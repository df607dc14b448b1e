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
    for (const auto& type : projection.events) {
      const auto known = find(*types, type);
      if (known == types->end())
        return failure(errc::invalid_argument,
                       projection.name + " follows " + type.name
                         + ", which no aggregate makes");
      if (auto same = same_shape(*known, type); !same)
        return failure_of(same);
    }
  }
  return types;
}

} // namespace cafes::actors
