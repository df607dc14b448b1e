// SPDX-License-Identifier: MIT
#include "actors/read/view_control.hpp"

#include "actors/read/parked_message.hpp"

#include <cafes/limits.hpp>

#include <utility>

namespace cafes::actors {

view_control::view_control(std::shared_ptr<store::log_store> store)
  : store_{std::move(store)},
    sessions_{[this] { return store_->open_view_operator(); }, 1} {}

void view_control::add(const detail::projection_type& type) {
  views_.emplace(type.name, store::view_of(type));
  if (type.start_page)
    projections_.insert(type.name);
}

template <class Work>
auto view_control::with(std::string_view projection, Work&& work) {
  const auto found = views_.find(projection);
  const auto run = [&](store::view_operator& session) {
    return work(session, found->second);
  };
  using answer = decltype(sessions_.with(run));
  if (found == views_.end())
    return answer{failure(errc::invalid_argument, "there is no projection \""
                                                    + std::string{projection}
                                                    + "\" in this program")};
  return sessions_.with(run);
}

expected<void> view_control::pause(std::string_view projection,
                                   const std::string& why) {
  if (why.empty())
    return failure(errc::invalid_argument,
                   "a pause has a reason, for those who find it");
  return with(projection, [&](auto& session, const auto& view) {
    return session.pause(view, parked_message(why));
  });
}

expected<void> view_control::resume(std::string_view projection) {
  return with(projection, [](auto& session, const auto& view) {
    return session.resume(view);
  });
}

expected<bool> view_control::is_paused(std::string_view projection) {
  return with(projection,
              [](auto& session, const auto& view) -> expected<bool> {
                auto state = session.state(view);
                if (!state)
                  return failure_of(state);
                return state->paused.has_value();
              });
}

expected<std::vector<parked_event>>
view_control::parked(std::string_view projection, position after,
                     std::size_t limit) {
  if (limit == 0 || limit > limits::page_parked_max)
    return failure(errc::limit_exceeded,
                   "a page of parked events has 1 to 1000, asked for "
                     + std::to_string(limit));
  return with(projection, [&](auto& session, const auto& view) {
    return session.parked(view, after, limit);
  });
}

expected<std::int64_t> view_control::wish(std::string_view projection,
                                          const std::optional<std::string>& key,
                                          parked_wish wish) {
  return with(projection, [&](auto& session, const auto& view) {
    return session.wish(view, key, wish);
  });
}

expected<store::view_builds> view_control::change(std::string_view projection,
                                                  store::build_change wanted) {
  if (views_.contains(projection) && !projections_.contains(projection))
    return failure(errc::invalid_argument,
                   std::string{projection}
                     + " is a reactor: what it has done cannot be made anew");
  return with(projection, [&](auto& session, const auto& view) {
    return session.change(view, wanted);
  });
}

} // namespace cafes::actors
