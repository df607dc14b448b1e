// SPDX-License-Identifier: MIT
#include "actors/read/live_fold.hpp"
#include "actors/runtime_core.hpp"

#include <cafes/runtime.hpp>

#include <utility>

namespace cafes {

namespace {

named_outcome name_outcome(const detail::aggregate_type& type,
                           detail::erased_outcome&& erased) {
  if (auto* failed = std::get_if<error>(&erased.ended))
    return {std::move(*failed)};
  if (auto* refused = std::get_if<detail::any_decision::refusal>(&erased.ended))
    return {named_outcome::rejected{std::move(refused->name)}};
  auto& stored = std::get<detail::erased_outcome::accepted>(erased.ended);
  named_outcome::accepted accepted{
    stored.at_version, stored.at_position, stored.repeated, {}};
  if (stored.events)
    for (auto& event : type.encode(stored.events.get()))
      accepted.events.push_back({type.events[event.type].name,
                                 type.events[event.type].schema_version,
                                 std::move(event.data)});
  return {std::move(accepted)};
}

} // namespace

expected<runtime> runtime::start(definition service, settings with,
                                 participation role) {
  auto open = [dsn = with.store, payload = with.payload] {
    return expected<std::shared_ptr<store::log_store>>{
      store::open_store(dsn, payload)};
  };
  auto inside = std::make_unique<core>(std::move(service), std::move(with),
                                       role, std::move(open));
  if (auto started = inside->start(); !started)
    return failure_of(started);
  return runtime{std::move(inside)};
}

runtime::runtime(std::unique_ptr<core> inside) : core_{std::move(inside)} {}

runtime::runtime(runtime&&) noexcept = default;
runtime& runtime::operator=(runtime&&) noexcept = default;
runtime::~runtime() = default;

void runtime::send_erased(std::string_view category, std::string_view key,
                          detail::any_command asked,
                          const send_options& options, detail::reply then) {
  core_->send(category, key, std::move(asked), options, std::move(then));
}

std::future<named_outcome>
runtime::send_named(std::string_view category, std::string_view key,
                    std::string_view command, std::string_view json,
                    const send_options& options) {
  auto promise = std::make_shared<std::promise<named_outcome>>();
  auto answer = promise->get_future();
  // Without such an aggregate the outcome is an error, which needs no names.
  static const detail::aggregate_type nothing;
  const auto* found = core_->aggregate(category);
  const auto* type = found != nullptr ? found : &nothing;
  core_->send_named(category, key, command, json, options,
                    [promise, type](detail::erased_outcome&& erased) {
                      promise->set_value(
                        name_outcome(*type, std::move(erased)));
                    });
  return answer;
}

expected<view_entry<std::string>>
runtime::find_document(std::string_view projection, std::string_view key,
                       const freshness& fresh) {
  auto found = core_->views().find(projection, key, fresh);
  if (!found)
    return failure_of(found);
  return view_entry<std::string>{std::move(found->document), found->checkpoint};
}

expected<view_page<std::string>>
runtime::query_documents(std::string_view projection, const view_query& asked,
                         const freshness& fresh) {
  auto found = core_->views().query(projection, asked, fresh);
  if (!found)
    return failure_of(found);
  view_page<std::string> page;
  page.more_after = std::move(found->more_after);
  page.checkpoint = found->checkpoint;
  for (auto& [key, data] : found->documents)
    page.documents.push_back({std::move(key), std::move(data)});
  return page;
}

expected<view_total> runtime::count_documents(std::string_view projection,
                                              const view_selection& selected,
                                              const freshness& fresh) {
  auto found = core_->views().total(projection, selected, {}, fresh);
  if (!found)
    return failure_of(found);
  return view_total{found->documents, found->checkpoint};
}

expected<view_total>
runtime::sum_documents(std::string_view projection, const std::string& field,
                       const view_selection& selected, const freshness& fresh) {
  if (field.empty())
    return failure(errc::invalid_argument, "a sum is of a field");
  auto found = core_->views().total(projection, selected, field, fresh);
  if (!found)
    return failure_of(found);
  return view_total{found->sum, found->checkpoint};
}

expected<subscription> runtime::watch_documents(
  std::string_view projection, const view_query& asked,
  std::function<void(expected<view_change<std::string>>)> then) {
  auto number = core_->watches()->add(projection, asked, std::move(then));
  if (!number)
    return failure_of(number);
  return subscription{
    [watches = std::weak_ptr{core_->watches()}, number = *number] {
      if (const auto still = watches.lock())
        still->remove(number);
    }};
}

expected<void> runtime::pause_projection(std::string_view projection,
                                         const std::string& why) {
  return core_->control().pause(projection, why);
}

expected<void> runtime::resume_projection(std::string_view projection) {
  return core_->control().resume(projection);
}

expected<std::vector<parked_event>>
runtime::parked_events(std::string_view projection, position after,
                       std::size_t limit) {
  return core_->control().parked(projection, after, limit);
}

expected<std::int64_t>
runtime::retry_parked(std::string_view projection,
                      const std::optional<std::string>& key) {
  return core_->control().wish(projection, key, parked_wish::retry);
}

expected<std::int64_t> runtime::drop_parked(std::string_view projection,
                                            const std::string& key) {
  return core_->control().wish(projection, key, parked_wish::drop);
}

expected<int> runtime::rebuild_projection(std::string_view projection,
                                          bool anew) {
  auto builds = core_->control().change(projection,
                                        anew ? store::build_change::rebuild_anew
                                             : store::build_change::rebuild);
  if (!builds)
    return failure_of(builds);
  return *builds->target;
}

expected<void> runtime::cancel_rebuild(std::string_view projection) {
  auto builds = core_->control().change(projection,
                                        store::build_change::cancel);
  if (!builds)
    return failure_of(builds);
  return {};
}

expected<int> runtime::roll_back_projection(std::string_view projection) {
  auto builds = core_->control().change(projection,
                                        store::build_change::roll_back);
  if (!builds)
    return failure_of(builds);
  return *builds->target;
}

expected<event_page> runtime::read_stream(const stream_name& stream,
                                          version from, std::size_t limit) {
  return core_->read_stream(stream, from, limit);
}

expected<std::vector<detail::keyed_document>>
runtime::fold_stream(const detail::projection_type& type,
                     const stream_name& stream, version until) {
  actors::live_fold folded{type};
  for (version from{1};;) {
    auto page = core_->read_stream(stream, from, limits::page_events_max);
    if (!page)
      return failure_of(page);
    std::erase_if(page->events, [&](const recorded_event& event) {
      return event.at_version > until;
    });
    if (auto added = folded.add(page->events); !added)
      return failure_of(added);
    if (!page->more || page->events.size() < limits::page_events_max)
      return folded.documents();
    from = page->events.back().at_version.next();
  }
}

expected<event_page> runtime::read_log(position after, std::size_t limit) {
  return core_->read_log(after, limit);
}

expected<store_summary> runtime::summary() {
  return core_->summary();
}

runtime_status runtime::status() const {
  return core_->status();
}

expected<void> runtime::drain(std::chrono::milliseconds timeout) {
  return core_->drain(timeout);
}

void runtime::stop() {
  core_->stop();
}

} // namespace cafes
