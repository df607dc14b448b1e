// SPDX-License-Identifier: MIT
#include "tests/soak/view_check.hpp"

#include "tests/soak/order_views.hpp"
#include "tests/support/printing.hpp"

#include <cafes/limits.hpp>

#include <set>
#include <sstream>
#include <utility>

namespace cafes::soak {

namespace {

using test::must;

passages read_documents(store::log_store& store,
                        const store::view_identity& view) {
  const auto reader = must(store.open_view_reader());
  passages all;
  for (view_query asked{.limit = limits::page_documents_max};;) {
    const auto page = must(reader->query(view, asked));
    for (const auto& [key, data] : page.documents)
      all.emplace(key, must(decode<passage>(data)));
    if (!page.more_after)
      return all;
    asked.after_key = *page.more_after;
  }
}

std::string words_of(const std::string& key, parking_reason reason) {
  return key + ", " + std::string{to_string(reason)};
}

template <class Value>
std::string shown(const Value* value) {
  std::ostringstream words;
  if (value == nullptr)
    words << "nothing";
  else
    words << *value;
  return words.str();
}

/// Of two maps, what is not the same.
template <class Map>
void compare(const std::string& what, const Map& wanted, const Map& found,
             std::vector<std::string>& all) {
  const auto at = [](const Map& map, const auto& key) {
    const auto place = map.find(key);
    return place == map.end() ? nullptr : &place->second;
  };
  Map either = wanted;
  either.insert(found.begin(), found.end());
  for (const auto& [key, ignored] : either) {
    const auto* should = at(wanted, key);
    const auto* is = at(found, key);
    if (should != nullptr && is != nullptr && *should == *is)
      continue;
    std::ostringstream words;
    words << what << ' ' << key << ": should be " << shown(should) << ", is "
          << shown(is);
    all.push_back(words.str());
  }
}

} // namespace

view_content read_view(store::log_store& store,
                       const store::view_identity& view) {
  const auto asked = must(store.open_view_operator());
  const auto state = must(asked->state(view));
  view_content found{state.checkpoint.value(),
                     read_documents(store, view),
                     {},
                     state.paused.value_or("")};
  for (position after;;) {
    const auto some = must(asked->parked(view, after, limits::page_parked_max));
    for (const auto& event : some)
      found.parked.emplace(event.at.value(), words_of(event.key, event.reason));
    if (some.size() < limits::page_parked_max)
      return found;
    after = some.back().at;
  }
}

view_content fold_streams(const std::vector<test::stored_event>& log,
                          bool harmless_poison) {
  view_content wanted;
  std::set<std::string> poisoned;
  for (const auto& event : log) {
    wanted.checkpoint = event.position;
    const auto key = event.stream.substr(event.stream.find('-') + 1);
    if (poisoned.contains(key)) {
      wanted.parked.emplace(event.position,
                            words_of(key, parking_reason::behind));
    } else if (event.reference == poison && !harmless_poison) {
      poisoned.insert(key);
      wanted.parked.emplace(event.position,
                            words_of(key, parking_reason::handler));
    } else {
      wanted.documents[key].see(event.position);
    }
  }
  return wanted;
}

view_content fold_log(const std::vector<test::stored_event>& log) {
  view_content wanted;
  for (const auto& event : log) {
    wanted.checkpoint = event.position;
    wanted.documents["all"].see(event.position);
  }
  return wanted;
}

compared_views compare_views(const std::string& dsn, test::stored_log& log,
                             bool harmless_poison) {
  const auto events = log.events();
  const auto opened = must(store::open_store(dsn));
  compared_views views{
    read_view<streams_seen<>>(*opened), read_view<log_seen<>>(*opened), {}};
  views.differences = differences(
    "streams_seen", fold_streams(events, harmless_poison), views.streams);
  for (auto& more : differences("log_seen", fold_log(events), views.log))
    views.differences.push_back(std::move(more));
  return views;
}

std::vector<std::string> differences(const std::string& name,
                                     const view_content& wanted,
                                     const view_content& found) {
  std::vector<std::string> all;
  if (wanted.checkpoint != found.checkpoint)
    all.push_back(name + " is at " + std::to_string(found.checkpoint)
                  + ", the log at " + std::to_string(wanted.checkpoint));
  if (wanted.paused != found.paused)
    all.push_back(name + " is paused: " + found.paused);
  compare(name, wanted.documents, found.documents, all);
  compare(name + " parked", wanted.parked, found.parked, all);
  return all;
}

} // namespace cafes::soak
