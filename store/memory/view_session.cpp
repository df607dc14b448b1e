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

std::vector<parked_event> parked_after(const memory_log::build& build,
                                       position after, std::size_t limit) {
  std::vector<parked_event> found;
  for (auto at = build.parked.upper_bound(after);
       at != build.parked.end() && found.size() < limit; ++at)
    found.push_back(at->second);
  return found;
}

class view_claim {
public:
  view_claim(std::shared_ptr<memory_log> log, view_identity view)
    : log_{std::move(log)}, view_{std::move(view)} {}
  view_claim(const view_claim&) = delete;
  view_claim& operator=(const view_claim&) = delete;

  ~view_claim() {
    const std::lock_guard lock{log_->mutex};
    log_->views[{view_.name, view_.version}].claimed = false;
  }

private:
  std::shared_ptr<memory_log> log_;
  view_identity view_;
};

view_writer::view_writer(std::shared_ptr<memory_log> log, view_identity view,
                         std::shared_ptr<view_claim> claimed)
  : log_{std::move(log)}, view_{std::move(view)}, claim_{std::move(claimed)} {}

memory_log::view& view_writer::view() {
  return log_->views[{view_.name, view_.version}];
}

memory_log::build* view_writer::build() {
  auto& builds = view().builds;
  const auto found = builds.find(view_.build);
  return found == builds.end() ? nullptr : &found->second;
}

expected<std::optional<position>> view_writer::claim() {
  if (auto named = check_view(view_); !named)
    return failure_of(named);
  const std::lock_guard lock{log_->mutex};
  auto& stored = view();
  if (stored.shape.empty())
    stored.shape = view_.shape;
  if (stored.shape != view_.shape)
    return failure(errc::incompatible_schema,
                   label_of(view_) + " holds documents of shape " + stored.shape
                     + ", this program has " + view_.shape);
  if (stored.claimed && !claim_)
    return std::optional<position>{};
  stored.claimed = true;
  if (!claim_)
    claim_ = std::make_shared<view_claim>(log_, view_);
  view_.build = stored.known.live;
  return std::optional{stored.live().checkpoint};
}

expected<std::vector<keyed_document>>
view_writer::load(std::span<const std::string> keys) {
  const std::lock_guard lock{log_->mutex};
  const auto* stored = build();
  if (stored == nullptr)
    return no_view(view_);
  std::vector<keyed_document> loaded;
  for (const auto& key : keys)
    if (const auto found = stored->documents.find(key);
        found != stored->documents.end())
      loaded.push_back({found->first, found->second});
  return loaded;
}

expected<std::vector<keyed_document>>
view_writer::list(const std::string& after_key, std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_documents_max); !fits)
    return failure_of(fits);
  const std::lock_guard lock{log_->mutex};
  const auto* stored = build();
  if (stored == nullptr)
    return no_view(view_);
  std::vector<keyed_document> listed;
  for (auto at = stored->documents.upper_bound(after_key);
       at != stored->documents.end() && listed.size() < limit; ++at)
    listed.push_back({at->first, at->second});
  return listed;
}

expected<std::vector<parked_event>> view_writer::parked(position after,
                                                        std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_parked_max); !fits)
    return failure_of(fits);
  const std::lock_guard lock{log_->mutex};
  const auto* stored = build();
  if (stored == nullptr)
    return no_view(view_);
  return parked_after(*stored, after, limit);
}

expected<view_orders> view_writer::orders() {
  const std::lock_guard lock{log_->mutex};
  const auto* stored = build();
  if (stored == nullptr)
    return no_view(view_);
  view_orders asked{stored->paused, {}, view().known, {}};
  if (asked.builds.target)
    asked.target_checkpoint = view().builds[*asked.builds.target].checkpoint;
  for (const auto& [at, event] : stored->parked)
    if (event.wish != parked_wish::none
        && asked.wished.size() < limits::page_parked_max)
      asked.wished.push_back(event);
  return asked;
}

expected<void> view_writer::pause(const std::string& why) {
  if (auto fits = check_pause(why); !fits)
    return fits;
  const std::lock_guard lock{log_->mutex};
  if (view_.build == view().known.live)
    view().live().paused = why;
  else
    stop(view_.build, why);
  return {};
}

expected<void> view_writer::stop_target(int number, const std::string& why) {
  if (auto fits = check_pause(why); !fits)
    return fits;
  const std::lock_guard lock{log_->mutex};
  stop(number, why);
  return {};
}

void view_writer::stop(int target, const std::string& why) {
  auto& known = view().known;
  if (known.is_building && known.target == target)
    known = stopped(known, why);
}

expected<void> view_writer::commit(const view_commit& page) {
  if (auto fits = check_commit(page); !fits)
    return fits;
  const std::lock_guard lock{log_->mutex};
  auto* stored = build();
  if (!claim_ || stored == nullptr)
    return failure(errc::not_owner, label_of(view_) + " is not there for us");
  if (stored->checkpoint != page.from)
    return failure(errc::not_owner,
                   label_of(view_) + " is at position "
                     + std::to_string(stored->checkpoint.value()) + ", not at "
                     + std::to_string(page.from.value()));
  for (const auto& at : page.released)
    if (!stored->parked.contains(at))
      return failure(errc::not_owner, label_of(view_) + " has no parked event "
                                        + std::to_string(at.value()));
  for (const auto& [key, data] : page.changed)
    stored->documents[key] = data;
  for (const auto& at : page.released)
    stored->parked.erase(at);
  for (const auto& event : page.parked)
    (stored->parked[event.at] = event).wish = parked_wish::none;
  stored->checkpoint = page.to;
  return {};
}

expected<std::optional<target_build>> view_writer::open_target() {
  const std::lock_guard lock{log_->mutex};
  const auto& known = view().known;
  if (!known.is_building)
    return std::optional<target_build>{};
  target_build opened;
  opened.number = *known.target;
  opened.checkpoint = view().builds[opened.number].checkpoint;
  opened.writer = std::make_unique<view_writer>(
    log_, with_build(view_, opened.number), claim_);
  return std::optional{std::move(opened)};
}

expected<void> view_writer::go_live(position at) {
  const std::lock_guard lock{log_->mutex};
  auto& stored = view();
  const bool is_target = stored.known.is_building
                         && stored.known.target == view_.build;
  if (!is_target || build()->checkpoint != at || stored.live().checkpoint != at)
    return not_to_go_live(view_, at);
  build()->paused = stored.live().paused;
  stored.known = handed_over(stored.known);
  return {};
}

expected<const memory_log::build*>
view_reader::live(const view_identity& view) const {
  const auto found = log_->views.find({view.name, view.version});
  if (found == log_->views.end())
    return no_view(view);
  return &found->second.live();
}

expected<position> view_reader::checkpoint(const view_identity& view) {
  const std::lock_guard lock{log_->mutex};
  auto found = live(view);
  if (!found)
    return failure_of(found);
  return (*found)->checkpoint;
}

expected<view_reader::entry> view_reader::find(const view_identity& view,
                                               const std::string& key) {
  const std::lock_guard lock{log_->mutex};
  auto found = live(view);
  if (!found)
    return failure_of(found);
  const auto& documents = (*found)->documents;
  entry read{{}, (*found)->checkpoint};
  if (const auto document = documents.find(key); document != documents.end())
    read.document = document->second;
  return read;
}

expected<const memory_log::build*>
view_reader::live_as(const view_identity& view) const {
  const auto found = log_->views.find({view.name, view.version});
  if (found != log_->views.end() && found->second.shape != view.shape)
    return other_shape(view);
  return live(view);
}

expected<view_reader::page> view_reader::query(const view_identity& view,
                                               const view_query& asked) {
  auto checked = check_query(view, asked);
  if (!checked)
    return failure_of(checked);
  const std::lock_guard lock{log_->mutex};
  auto found = live_as(view);
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
  auto found = live_as(view);
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
