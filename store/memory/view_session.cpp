// SPDX-License-Identifier: MIT
#include "store/memory/view_session.hpp"

namespace cafes::store::memory {

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

expected<void> view_writer::commit(position from, position to,
                                   std::span<const keyed_document> changed) {
  const std::lock_guard lock{log_->mutex};
  auto& view = stored();
  if (!claims_ || view.checkpoint != from)
    return failure(errc::not_owner, view_.name + " is at position "
                                      + std::to_string(view.checkpoint.value())
                                      + ", not at "
                                      + std::to_string(from.value()));
  for (const auto& [key, data] : changed)
    view.documents[key] = data;
  view.checkpoint = to;
  return {};
}

expected<const memory_log::view*>
view_reader::stored(const view_identity& view) const {
  const auto found = log_->views.find({view.name, view.version});
  if (found == log_->views.end())
    return failure(errc::invalid_argument, "there is no view " + view.name
                                             + " v"
                                             + std::to_string(view.version));
  return &found->second;
}

expected<position> view_reader::checkpoint(const view_identity& view) {
  const std::lock_guard lock{log_->mutex};
  auto found = stored(view);
  if (!found)
    return failure_of(found);
  return (*found)->checkpoint;
}

expected<std::optional<std::string>>
view_reader::find(const view_identity& view, const std::string& key) {
  const std::lock_guard lock{log_->mutex};
  auto found = stored(view);
  if (!found)
    return failure_of(found);
  const auto& documents = (*found)->documents;
  const auto document = documents.find(key);
  return document == documents.end() ? std::optional<std::string>{}
                                     : std::optional{document->second};
}

expected<view_reader::page> view_reader::list(const view_identity& view,
                                              const view_range& range) {
  const std::lock_guard lock{log_->mutex};
  auto found = stored(view);
  if (!found)
    return failure_of(found);
  const auto& documents = (*found)->documents;
  page listed;
  listed.checkpoint = (*found)->checkpoint;
  for (auto at = documents.upper_bound(range.after_key);
       at != documents.end() && listed.documents.size() < range.limit; ++at)
    listed.documents.push_back({at->first, at->second});
  return listed;
}

} // namespace cafes::store::memory
