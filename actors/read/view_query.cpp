// SPDX-License-Identifier: MIT
#include "actors/read/view_query.hpp"

#include "actors/finite.hpp"

#include <cafes/limits.hpp>

#include <algorithm>
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

} // namespace

view_query::view_query(std::shared_ptr<store::log_store> store)
  : store_{std::move(store)},
    readers_{[this] { return store_->open_view_reader(); }, sessions_max} {}

void view_query::add(const detail::projection_type& type,
                     std::shared_ptr<projection_progress> progress,
                     std::shared_ptr<memory_view> memory) {
  views_.emplace(type.name, view{{type.name, type.version, type.shape},
                                 std::move(progress),
                                 std::move(memory)});
}

expected<std::optional<std::string>>
view_query::find(std::string_view projection, std::string_view key,
                 const freshness& fresh) {
  auto wanted = named(projection);
  if (!wanted)
    return failure_of(wanted);
  if (auto fits = detail::check_document_key(key); !fits)
    return failure_of(fits);
  if (auto waited = wait_for(**wanted, fresh); !waited)
    return failure_of(waited);
  return read(**wanted, [&](store::view_reader& reader) {
    return reader.find((*wanted)->identity, std::string{key});
  });
}

expected<store::view_reader::page> view_query::list(std::string_view projection,
                                                    const view_range& range,
                                                    const freshness& fresh) {
  auto wanted = named(projection);
  if (!wanted)
    return failure_of(wanted);
  if (range.limit == 0 || range.limit > limits::page_documents_max)
    return failure(errc::limit_exceeded,
                   "a page of a view has 1 to 1000 documents, asked for "
                     + std::to_string(range.limit));
  if (auto waited = wait_for(**wanted, fresh); !waited)
    return failure_of(waited);
  return read(**wanted, [&](store::view_reader& reader) {
    return reader.list((*wanted)->identity, range);
  });
}

expected<void> view_query::wait_for_all(
  const std::vector<std::string>& projections, const freshness& fresh,
  const std::function<bool(std::string_view)>& is_paused) {
  const auto until = std::chrono::steady_clock::now() + finite(fresh.timeout);
  const auto left = [&] {
    return std::max(std::chrono::milliseconds{0},
                    std::chrono::duration_cast<std::chrono::milliseconds>(
                      until - std::chrono::steady_clock::now()));
  };
  std::string behind;
  for (const auto& name : projections) {
    const auto& progress = *views_.at(name).progress;
    if (progress.wait_for(fresh.at_least, left(), true)
        || (!is_paused(name) && progress.wait_for(fresh.at_least, left())))
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
