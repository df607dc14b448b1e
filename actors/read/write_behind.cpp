// SPDX-License-Identifier: MIT
#include "actors/read/write_behind.hpp"

#include "store/memory/memory_store.hpp"

#include <cafes/limits.hpp>

#include <utility>

namespace cafes::actors {

namespace {

/// Of a document in maps, beside its text.
constexpr std::size_t overhead_bytes = 200;

std::size_t size_of(const store::keyed_document& document) {
  return document.key.size() + document.data.size() + overhead_bytes;
}

/// Of many pages nobody knows which one the store did not take, so that it is
/// no use to look for an event at fault.
unexpected<error> about_the_view(const error& why) {
  if (why.code == errc::invalid_argument || why.code == errc::limit_exceeded)
    return failure(errc::corrupt, "the view cannot be stored: " + why.message);
  return unexpected<error>{why};
}

} // namespace

write_behind::write_behind(std::unique_ptr<store::view_writer> stored,
                           store::view_identity view,
                           std::shared_ptr<memory_view> shown,
                           write_behind_limits limits)
  : stored_{std::move(stored)},
    view_{std::move(view)},
    shown_{std::move(shown)},
    limits_{limits} {}

write_behind::~write_behind() {
  shown_->withdraw(memory_);
  // What cannot be stored is made again by the next worker.
  static_cast<void>(store_waiting());
}

expected<std::optional<position>> write_behind::claim() {
  auto claimed = stored_->claim();
  if (!claimed || !*claimed)
    return claimed;
  if (auto filled = fill(**claimed); !filled)
    return failure_of(filled);
  shown_->show(memory_);
  return claimed;
}

expected<void> write_behind::fill(position checkpoint) {
  memory_ = std::make_shared<store::memory::memory_store>();
  auto opened = memory_->open_view_writer(view_);
  if (!opened)
    return failure_of(opened);
  documents_ = *std::move(opened);
  if (auto claimed = documents_->claim(); !claimed)
    return failure_of(claimed);
  stored_at_ = kept_at_ = {};
  for (std::string after;;) {
    auto some = stored_->list(after, limits::page_documents_max);
    if (!some)
      return failure_of(some);
    const store::view_commit page{{}, {}, *some, {}, {}};
    if (auto fitting = fits(page); !fitting)
      return fitting;
    if (auto kept = keep(page); !kept)
      return kept;
    if (some->size() < limits::page_documents_max)
      break;
    after = some->back().key;
  }
  waiting_.clear();
  auto kept = keep({{}, checkpoint, {}, {}, {}});
  stored_at_ = checkpoint;
  return kept;
}

expected<std::vector<store::keyed_document>>
write_behind::load(std::span<const std::string> keys) {
  return documents_->load(keys);
}

expected<std::vector<store::keyed_document>>
write_behind::list(const std::string& after_key, std::size_t limit) {
  return documents_->list(after_key, limit);
}

expected<std::vector<parked_event>> write_behind::parked(position after,
                                                         std::size_t limit) {
  return stored_->parked(after, limit);
}

expected<store::view_orders> write_behind::orders() {
  if (is_due())
    if (auto stored = store_waiting(); !stored)
      return failure_of(stored);
  return stored_->orders();
}

expected<void> write_behind::pause(const std::string& why) {
  if (auto stored = store_waiting(); !stored)
    return stored;
  return stored_->pause(why);
}

expected<void> write_behind::commit(const store::view_commit& page) {
  if (page.from != kept_at_)
    return failure(errc::not_owner, store::label_of(view_) + " is at position "
                                      + std::to_string(kept_at_.value())
                                      + " in memory, not at "
                                      + std::to_string(page.from.value()));
  if (auto fitting = fits(page); !fitting)
    return fitting;
  if (!page.parked.empty() || !page.released.empty()) {
    if (auto stored = store_with(page); !stored)
      return stored;
    return keep(page);
  }
  if (kept_at_ == stored_at_)
    waiting_since_ = clock::now();
  // Half of it must not be stored, whatever ends it here.
  is_torn_ = true;
  for (const auto& [key, data] : page.changed)
    waiting_[key] = data;
  if (auto kept = keep(page); !kept)
    return kept;
  is_torn_ = false;
  return is_due() ? store_waiting() : expected<void>{};
}

/// Looked at before anything is stored or changed.
expected<void> write_behind::fits(const store::view_commit& page) const {
  auto bytes = bytes_;
  for (const auto& document : page.changed) {
    if (const auto known = sizes_.find(document.key); known != sizes_.end())
      bytes -= known->second;
    bytes += size_of(document);
  }
  if (bytes <= limits_.bytes_max)
    return {};
  return failure(errc::overloaded,
                 store::label_of(view_) + " takes " + std::to_string(bytes)
                   + " bytes of memory, the most is "
                   + std::to_string(limits_.bytes_max)
                   + ": raise memory_bytes_max, or do not keep it in memory");
}

expected<void> write_behind::keep(const store::view_commit& page) {
  auto kept = documents_->commit({page.from, page.to, page.changed, {}, {}});
  if (!kept)
    return kept;
  kept_at_ = page.to;
  for (const auto& document : page.changed) {
    auto& size = sizes_[document.key];
    bytes_ -= size;
    size = size_of(document);
    bytes_ += size;
  }
  return {};
}

/// A page that has to be stored now, with all that waits.
expected<void> write_behind::store_with(const store::view_commit& page) {
  auto all = waiting_;
  for (const auto& [key, data] : page.changed)
    all[key] = data;
  std::vector<store::keyed_document> changed;
  changed.reserve(all.size());
  for (auto& [key, data] : all)
    changed.push_back({key, std::move(data)});
  auto stored = stored_->commit(
    {stored_at_, page.to, changed, page.parked, page.released});
  if (!stored)
    return about_the_view(stored.error());
  waiting_.clear();
  stored_at_ = page.to;
  return {};
}

/// Never back: what is stored may be ahead where memory had no room.
expected<void> write_behind::store_waiting() {
  if (kept_at_ <= stored_at_ || is_torn_)
    return {};
  return store_with({kept_at_, kept_at_, {}, {}, {}});
}

bool write_behind::is_due() const {
  return kept_at_ > stored_at_
         && (waiting_.size() >= limits_.documents_max
             || clock::now() - waiting_since_ >= limits_.age_max);
}

expected<std::optional<store::target_build>> write_behind::open_target() {
  auto opened = stored_->open_target();
  if (!opened || !*opened)
    return opened;
  auto& target = **opened;
  auto made = std::make_unique<write_behind>(std::move(target.writer), view_,
                                             shown_, limits_);
  made->live_ = this;
  if (auto filled = made->fill(target.checkpoint); !filled)
    return failure_of(filled);
  target.writer = std::move(made);
  return opened;
}

expected<void> write_behind::stop_target(int number, const std::string& why) {
  return stored_->stop_target(number, why);
}

/// The store compares what it has of both.
expected<void> write_behind::go_live(position at) {
  for (auto* build : {live_, this})
    if (build != nullptr)
      if (auto stored = build->store_waiting(); !stored)
        return stored;
  if (auto live = stored_->go_live(at); !live)
    return live;
  live_ = nullptr;
  shown_->show(memory_);
  return {};
}

} // namespace cafes::actors
