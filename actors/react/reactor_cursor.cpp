// SPDX-License-Identifier: MIT
#include "actors/react/reactor_cursor.hpp"

#include <cafes/limits.hpp>

#include <utility>

namespace cafes::actors {

namespace {

/// Stored: neither changes.
constexpr const char* reactor_shape = "reactor";
constexpr const char* begun = "begun";

} // namespace

detail::projection_type view_of(const detail::reactor_type& type) {
  detail::projection_type view;
  view.name = type.name;
  view.version = 1;
  view.shape = reactor_shape;
  return view;
}

reactor_cursor::reactor_cursor(const detail::reactor_type& type, position end,
                               std::shared_ptr<store::log_store> store)
  : view_type_{view_of(type)},
    begin_{type.options.begin},
    end_{end},
    store_{std::move(store)} {}

expected<std::optional<position>> reactor_cursor::claim() {
  if (!view_) {
    auto opened = store_->open_view_writer(
      {view_type_.name, view_type_.version, view_type_.shape});
    if (!opened)
      return failure_of(opened);
    view_ = *std::move(opened);
  }
  auto claimed = view_->claim();
  if (!claimed || !*claimed || **claimed != position{})
    return claimed;
  auto from = begin();
  if (!from)
    return failure_of(from);
  return std::optional{*from};
}

/// A cursor at 0 may be one that has begun in an empty log: only the document
/// tells. What dies before it is written has not begun, and has not reacted.
expected<position> reactor_cursor::begin() {
  const std::string key = begun;
  auto found = view_->load(std::span{&key, 1});
  if (!found)
    return failure_of(found);
  if (!found->empty())
    return position{};
  const auto from = begin_ == start_at::end ? end_ : position{};
  const store::keyed_document mark{key, R"({"at":)"
                                          + std::to_string(from.value()) + "}"};
  if (auto written = view_->commit({position{}, from, {&mark, 1}, {}, {}});
      !written)
    return failure_of(written);
  return from;
}

expected<parked_keys> reactor_cursor::parked() {
  parked_keys known;
  for (position after;;) {
    auto some = view_->parked(after, limits::page_parked_max);
    if (!some)
      return failure_of(some);
    for (const auto& event : *some)
      known.add(event);
    if (some->size() < limits::page_parked_max)
      return known;
    after = some->back().at;
  }
}

expected<void> reactor_cursor::store(const reaction_window::advance& moved) {
  return view_->commit(
    {moved.from, moved.to, {}, moved.parked, moved.released});
}

expected<std::vector<reaction_window::event_ptr>>
reactor_cursor::read(std::span<const parked_event> parked) {
  if (!reader_) {
    auto opened = store_->open_reader();
    if (!opened)
      return failure_of(opened);
    reader_ = *std::move(opened);
  }
  std::vector<reaction_window::event_ptr> events;
  for (const auto& each : parked) {
    auto read = reader_->read_log(position{each.at.value() - 1}, 1);
    if (!read)
      return failure_of(read);
    if (read->empty())
      return failure(errc::corrupt, "the log has no position "
                                      + std::to_string(each.at.value()));
    events.push_back(
      std::make_shared<const recorded_event>(std::move(read->front())));
  }
  return events;
}

} // namespace cafes::actors
