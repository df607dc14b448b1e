// SPDX-License-Identifier: MIT
#include "actors/read/live_fold.hpp"

#include <cafes/limits.hpp>
#include <cafes/stream.hpp>

#include <atomic>

namespace cafes::actors {

namespace {

unexpected<error> not_applied(const detail::projection_type& type,
                              const detail::fold_failure& failed) {
  const auto& event = *failed.event;
  return failure(errc::corrupt,
                 type.name + " cannot apply version "
                   + std::to_string(event.at_version.value()) + " of "
                   + to_string(event.stream) + ", position "
                   + std::to_string(event.at.value()) + ": " + failed.message);
}

} // namespace

expected<void> live_fold::add(const std::vector<recorded_event>& events) {
  const auto page = type_.start_page();
  for (const auto& event : events) {
    const auto read = page->read(event);
    if (read.failed)
      return not_applied(type_, *read.failed);
    if (read.key)
      page->take();
  }
  for (const auto& key : page->keys())
    if (const auto known = documents_.find(key); known != documents_.end())
      if (const auto failed = page->load({known->first, known->second}))
        return not_applied(type_, *failed);
  std::atomic<const recorded_event*> at{nullptr};
  if (const auto failed = page->fold(at))
    return not_applied(type_, *failed);
  for (auto& [key, data] : page->changed())
    documents_[std::move(key)] = std::move(data);
  if (documents_.size() > limits::page_documents_max)
    return failure(errc::limit_exceeded,
                   type_.name + " makes more than "
                     + std::to_string(limits::page_documents_max)
                     + " documents of one stream: read its view");
  return {};
}

std::vector<detail::keyed_document> live_fold::documents() const {
  std::vector<detail::keyed_document> all;
  for (const auto& [key, data] : documents_)
    all.push_back({key, data});
  return all;
}

} // namespace cafes::actors
