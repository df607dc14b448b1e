// SPDX-License-Identifier: MIT
#include "store/memory/view_session.hpp"

#include "store/page_limits.hpp"
#include "store/view_limits.hpp"
#include "store/view_walk.hpp"

#include <cafes/limits.hpp>

#include <iterator>
#include <utility>

namespace cafes::store::memory {

namespace {

using documents = std::map<std::string, std::string>;

std::pair<documents::const_iterator, documents::const_iterator>
within(const documents& all, const key_interval& keys) {
  if (keys.is_empty())
    return {all.end(), all.end()};
  return {all.lower_bound(keys.from), all.lower_bound(keys.below)};
}

} // namespace

std::vector<parked_event> parked_after(const memory_log::view& view,
                                       position after, std::size_t limit) {
  std::vector<parked_event> found;
  for (auto at = view.parked.upper_bound(after);
       at != view.parked.end() && found.size() < limit; ++at)
    found.push_back(at->second);
  return found;
}

view_writer::view_writer(std::shared_ptr<memory_log> log, view_identity view)
  : log_{std::move(log)}, view_{std::move(view)} {}

view_writer::~view_writer() {
  const std::lock_guard lock{log_->mutex};
  if (claims_)
    stored().claimed = false;
}

memory_log::view& view_writer::stored() {
  return log_->views[{view_.name, view_.version}];
}

expected<std::optional<position>> view_writer::claim() {
  if (auto named = check_view(view_); !named)
    return failure_of(named);
  const std::lock_guard lock{log_->mutex};
  auto& view = stored();
  if (view.shape.empty())
    view.shape = view_.shape;
  if (view.shape != view_.shape)
    return failure(errc::incompatible_schema,
                   view_.name + " v" + std::to_string(view_.version)
                     + " holds documents of shape " + view.shape
                     + ", this program has " + view_.shape);
  if (view.claimed && !claims_)
    return std::optional<position>{};
  view.claimed = claims_ = true;
  return std::optional{view.checkpoint};
}

expected<std::vector<keyed_document>>
view_writer::load(std::span<const std::string> keys) {
  const std::lock_guard lock{log_->mutex};
  const auto& documents = stored().documents;
  std::vector<keyed_document> loaded;
  for (const auto& key : keys)
    if (const auto found = documents.find(key); found != documents.end())
      loaded.push_back({found->first, found->second});
  return loaded;
}

expected<std::vector<parked_event>> view_writer::parked(position after,
                                                        std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_parked_max); !fits)
    return failure_of(fits);
  const std::lock_guard lock{log_->mutex};
  return parked_after(stored(), after, limit);
}

expected<view_orders> view_writer::orders() {
  const std::lock_guard lock{log_->mutex};
  const auto& view = stored();
  view_orders asked{view.paused, {}};
  for (const auto& [at, event] : view.parked)
    if (event.wish != parked_wish::none
        && asked.wished.size() < limits::page_parked_max)
      asked.wished.push_back(event);
  return asked;
}

expected<void> view_writer::pause(const std::string& why) {
  if (auto fits = check_pause(why); !fits)
    return fits;
  const std::lock_guard lock{log_->mutex};
  stored().paused = why;
  return {};
}

expected<void> view_writer::commit(const view_commit& page) {
  if (auto fits = check_commit(page); !fits)
    return fits;
  const std::lock_guard lock{log_->mutex};
  auto& view = stored();
  if (!claims_ || view.checkpoint != page.from)
    return failure(errc::not_owner, view_.name + " is at position "
                                      + std::to_string(view.checkpoint.value())
                                      + ", not at "
                                      + std::to_string(page.from.value()));
  for (const auto& at : page.released)
    if (!view.parked.contains(at))
      return failure(errc::not_owner, view_.name + " has no parked event "
                                        + std::to_string(at.value()));
  for (const auto& [key, data] : page.changed)
    view.documents[key] = data;
  for (const auto& at : page.released)
    view.parked.erase(at);
  for (const auto& event : page.parked)
    (view.parked[event.at] = event).wish = parked_wish::none;
  view.checkpoint = page.to;
  return {};
}

expected<const memory_log::view*>
view_reader::stored(const view_identity& view) const {
  const auto found = log_->views.find({view.name, view.version});
  if (found == log_->views.end())
    return no_view(view);
  return &found->second;
}

expected<position> view_reader::checkpoint(const view_identity& view) {
  const std::lock_guard lock{log_->mutex};
  auto found = stored(view);
  if (!found)
    return failure_of(found);
  return (*found)->checkpoint;
}

expected<view_reader::entry> view_reader::find(const view_identity& view,
                                               const std::string& key) {
  const std::lock_guard lock{log_->mutex};
  auto found = stored(view);
  if (!found)
    return failure_of(found);
  const auto& documents = (*found)->documents;
  entry read{{}, (*found)->checkpoint};
  if (const auto document = documents.find(key); document != documents.end())
    read.document = document->second;
  return read;
}

expected<const memory_log::view*>
view_reader::stored_as(const view_identity& view) const {
  auto found = stored(view);
  if (found && (*found)->shape != view.shape)
    return other_shape(view);
  return found;
}

expected<view_reader::page> view_reader::query(const view_identity& view,
                                               const view_query& asked) {
  auto checked = check_query(view, asked);
  if (!checked)
    return failure_of(checked);
  const std::lock_guard lock{log_->mutex};
  auto found = stored_as(view);
  if (!found)
    return failure_of(found);
  page_walk walk{*checked};
  const auto show = [&](auto at, auto end) -> expected<void> {
    for (bool more = true; more && at != end; ++at) {
      auto shown = walk.show(at->first, at->second);
      if (!shown)
        return failure_of(shown);
      more = *shown;
    }
    return {};
  };
  const auto [first, last] = within((*found)->documents, checked->select.keys);
  auto shown = checked->descending ? show(std::reverse_iterator{last},
                                          std::reverse_iterator{first})
                                   : show(first, last);
  if (!shown)
    return failure_of(shown);
  return std::move(walk).page_at((*found)->checkpoint);
}

expected<view_reader::totals> view_reader::total(const view_identity& view,
                                                 const view_selection& selected,
                                                 const std::string& summed) {
  auto checked = check_total(view, selected, summed);
  if (!checked)
    return failure_of(checked);
  const std::lock_guard lock{log_->mutex};
  auto found = stored_as(view);
  if (!found)
    return failure_of(found);
  total_walk walk{*checked};
  const auto [first, last] = within((*found)->documents, checked->select.keys);
  for (auto at = first; at != last; ++at)
    if (auto shown = walk.show(at->first, at->second); !shown)
      return failure_of(shown);
  return walk.totals_at((*found)->checkpoint);
}

} // namespace cafes::store::memory
