// SPDX-License-Identifier: MIT
#include "actors/read/view_query.hpp"

#include "actors/finite.hpp"
#include "store/checked_query.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace cafes::actors {

namespace {

constexpr std::size_t sessions_max = 4;

/// "balances is at position 7, not yet at 9 (paused: an audit)"
std::string describe_behind(const projection_progress& progress,
                            position wanted) {
  const auto at = progress.status(wanted);
  return at.name + " is at position " + std::to_string(at.checkpoint.value())
         + ", not yet at " + std::to_string(wanted.value()) + " ("
         + std::string{to_string(at.phase)}
         + (at.paused.empty() ? "" : ": " + at.paused)
         + (at.last_error.empty() ? "" : "; " + at.last_error) + ")";
}

/// How often a view that has fallen back is looked at.
constexpr std::chrono::milliseconds look_again{50};

std::chrono::milliseconds
time_left(std::chrono::steady_clock::time_point until) {
  using std::chrono::milliseconds;
  return std::max(milliseconds::zero(),
                  std::chrono::duration_cast<milliseconds>(
                    until - std::chrono::steady_clock::now()));
}

} // namespace

view_query::view_query(std::shared_ptr<store::log_store> store)
  : store_{std::move(store)},
    readers_{[this] { return store_->open_view_reader(); }, sessions_max} {}

void view_query::add(const detail::projection_type& type,
                     std::shared_ptr<projection_progress> progress,
                     std::shared_ptr<memory_view> memory) {
  views_.emplace(type.name, view{store::view_of(type), std::move(progress),
                                 std::move(memory)});
}

/// What a view holds is read with its checkpoint, of one moment. That may be
/// behind what is known of its progress when the store has fallen back.
template <class Read>
std::invoke_result_t<Read, store::view_reader&, const store::view_identity&>
view_query::read(const view& wanted, const freshness& fresh, Read read) {
  const auto until = std::chrono::steady_clock::now() + finite(fresh.timeout);
  for (;;) {
    const auto left = time_left(until);
    if (auto waited = wait_for(wanted, {fresh.at_least, left}); !waited)
      return failure_of(waited);
    auto answer = with_reader(wanted, [&](store::view_reader& reader) {
      return read(reader, wanted.identity);
    });
    if (!answer || answer->checkpoint >= fresh.at_least)
      return answer;
    if (left == std::chrono::milliseconds::zero())
      return failure(errc::deadline_exceeded,
                     wanted.identity.name + " has fallen back to position "
                       + std::to_string(answer->checkpoint.value())
                       + ", it is not yet at "
                       + std::to_string(fresh.at_least.value()) + " again");
    wanted.progress->wait_for_news(std::min(left, look_again));
  }
}

expected<store::view_reader::entry>
view_query::find(std::string_view projection, std::string_view key,
                 const freshness& fresh) {
  auto wanted = named(projection);
  if (!wanted)
    return failure_of(wanted);
  if (auto fits = detail::check_document_key(key); !fits)
    return failure_of(fits);
  return read(**wanted, fresh,
              [&](store::view_reader& reader, const store::view_identity& of) {
                return reader.find(of, std::string{key});
              });
}

expected<store::view_reader::page>
view_query::query(std::string_view projection, const cafes::view_query& asked,
                  const freshness& fresh) {
  auto wanted = named(projection);
  if (!wanted)
    return failure_of(wanted);
  if (auto fits = store::check_query((*wanted)->identity, asked); !fits)
    return failure_of(fits);
  return read(**wanted, fresh,
              [&](store::view_reader& reader, const store::view_identity& of) {
                return reader.query(of, asked);
              });
}

expected<store::view_reader::totals>
view_query::total(std::string_view projection, const view_selection& selected,
                  const std::string& summed, const freshness& fresh) {
  auto wanted = named(projection);
  if (!wanted)
    return failure_of(wanted);
  if (auto fits = store::check_total((*wanted)->identity, selected, summed);
      !fits)
    return failure_of(fits);
  return read(**wanted, fresh,
              [&](store::view_reader& reader, const store::view_identity& of) {
                return reader.total(of, selected, summed);
              });
}

expected<void> view_query::check(std::string_view projection,
                                 const cafes::view_query& asked) const {
  auto wanted = named(projection);
  if (!wanted)
    return failure_of(wanted);
  if (auto fits = store::check_query((*wanted)->identity, asked); !fits)
    return failure_of(fits);
  return {};
}

std::optional<std::uint64_t>
view_query::revision(std::string_view projection) const {
  const auto found = views_.find(projection);
  return found == views_.end() ? std::nullopt
                               : found->second.progress->revision();
}

expected<void> view_query::wait_for_all(
  const std::vector<std::string>& projections, const freshness& fresh,
  const std::function<bool(std::string_view)>& is_paused) {
  const auto until = std::chrono::steady_clock::now() + finite(fresh.timeout);
  std::string behind;
  for (const auto& name : projections) {
    const auto& progress = *views_.at(name).progress;
    if (progress.wait_for(fresh.at_least, time_left(until), true)
        || (!is_paused(name)
            && progress.wait_for(fresh.at_least, time_left(until))))
      continue;
    behind += (behind.empty() ? "" : "; ")
              + describe_behind(progress, fresh.at_least);
  }
  if (behind.empty())
    return {};
  return failure(errc::deadline_exceeded, behind);
}

expected<const view_query::view*>
view_query::named(std::string_view projection) const {
  const auto found = views_.find(projection);
  if (found == views_.end())
    return failure(errc::invalid_argument, "there is no projection \""
                                             + std::string{projection}
                                             + "\" in this program");
  return &found->second;
}

/// A view that is built elsewhere moves its checkpoint in `progress` once a
/// poll interval, so one way of waiting serves both.
expected<void> view_query::wait_for(const view& wanted,
                                    const freshness& fresh) {
  if (wanted.progress->wait_for(fresh.at_least, fresh.timeout))
    return {};
  return failure(errc::deadline_exceeded,
                 describe_behind(*wanted.progress, fresh.at_least));
}

} // namespace cafes::actors
