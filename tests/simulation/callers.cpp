// SPDX-License-Identifier: MIT
#include "tests/simulation/callers.hpp"

#include "domain/account.hpp"
#include "tests/simulation/gauge.hpp"
#include "tests/simulation/model_store.hpp"

#include <cafes/detail/typed_aggregate.hpp>

#include <string>
#include <utility>

namespace cafes::test {

namespace {

template <class Decider, class Command>
void ask(sending& one, Command asked, const std::string& what) {
  one.asked = detail::erase_command<Command, Decider>(std::move(asked));
  one.asks = what;
}

bank::cents some_cents(choices& by, std::int64_t most) {
  return bank::cents{by.between(1, most)};
}

} // namespace

std::vector<stream_name> callers::streams() const {
  std::vector<stream_name> all;
  for (std::size_t key = 1; key <= around_->like.keys; ++key)
    for (const auto category : {bank::account::category, gauge::category})
      all.push_back({std::string{category}, std::to_string(key)});
  return all;
}

sending& callers::add(const stream_name& stream) {
  auto& one = sent_->emplace_back();
  one.number = sent_->size() - 1;
  one.stream = stream;
  return one;
}

sending& callers::next() {
  auto& by = around_->by;
  ++made_;
  if (!failed_.empty() && by.chance(5'000)) {
    const auto first = failed_.front();
    failed_.pop_front();
    return again((*sent_)[first]);
  }
  if (!sent_->empty() && by.chance(around_->like.repeated))
    if (const auto& first = (*sent_)[by.index(sent_->size())];
        !first.id.is_nil())
      return again(first);
  const auto all = streams();
  auto& one = add(all[by.index(all.size())]);
  if (!by.chance(around_->like.anonymous)) {
    one.id = numbered_uuid(one.number);
    // Most differ in their first half, which the window looks at first.
    if (by.chance(7'000))
      std::swap(one.id.bytes[1], one.id.bytes[15]);
  }
  choose(one);
  name(one);
  return one;
}

sending& callers::again(const sending& first) {
  auto& by = around_->by;
  auto& one = add(first.stream);
  one.id = first.id;
  if (around_->is_healed || by.chance(8'500)) {
    one.asked = first.asked;
    one.is_poisoned = first.is_poisoned;
    one.asks = first.asks;
  } else {
    choose(one);
  }
  one.retry = around_->like.short_windows || first.is_orphan
              || (first.failed() != nullptr
                  && first.failed()->code == errc::outcome_unknown)
              || by.chance(5'000);
  name(one);
  return one;
}

void callers::choose(sending& one) {
  if (one.stream.category == gauge::category)
    choose_for_gauge(one);
  else
    choose_for_account(one);
}

void callers::choose_for_account(sending& one) {
  auto& by = around_->by;
  const auto what = by.between(0, 9);
  if (by.chance(around_->like.poisoned)) {
    one.is_poisoned = true;
    ask<bank::account>(one, bank::deposit{bank::cents{1}, std::string{poison}},
                       "deposit poison");
  } else if (what <= 1) {
    const auto limit = bank::cents{by.between(0, 5)};
    ask<bank::account>(one, bank::open{"ann", limit}, "open");
  } else if (what <= 5) {
    const auto amount = some_cents(by, 9);
    ask<bank::account>(one, bank::deposit{amount, ""},
                       "deposit " + std::to_string(amount.count()));
  } else {
    const auto amount = some_cents(by, 12);
    ask<bank::account>(one, bank::withdraw{amount, ""},
                       "withdraw " + std::to_string(amount.count()));
  }
}

void callers::choose_for_gauge(sending& one) {
  auto& by = around_->by;
  const auto steps = static_cast<int>(by.between(1, 4));
  const auto what = by.between(0, 9);
  if (what == 0)
    ask<gauge>(one, stay{}, "stay");
  else if (what <= 5)
    ask<gauge>(one, climb{steps}, "climb " + std::to_string(steps));
  else
    ask<gauge>(one, descend{steps}, "descend " + std::to_string(steps));
}

void callers::name(sending& one) {
  auto said = "s" + std::to_string(one.number) + " " + one.asks + " on "
              + to_string(one.stream);
  if (!one.id.is_nil())
    said += " id " + to_string(one.id).substr(0, 4) + "…"
            + to_string(one.id).substr(32);
  if (one.retry)
    said += " retry";
  one.what = std::move(said);
}

sending& callers::foreign() {
  auto& by = around_->by;
  std::vector<const sending*> under_way;
  for (const auto& each : *sent_)
    if (each.is_pending() && !each.id.is_nil() && !each.is_poisoned)
      under_way.push_back(&each);
  const bool is_new = under_way.empty() || by.chance(5'000);
  const auto all = streams();
  const auto* first = is_new ? nullptr : under_way[by.index(under_way.size())];
  auto& one = add(is_new ? all[by.index(all.size())] : first->stream);
  one.is_foreign = true;
  if (is_new) {
    do {
      one.is_poisoned = false;
      choose(one);
    } while (one.is_poisoned);
  } else {
    one.id = first->id;
    one.asked = first->asked;
    one.asks = first->asks;
  }
  one.asks = "foreign " + one.asks;
  name(one);
  return one;
}

sending& callers::probe(const stream_name& stream,
                        const detail::aggregate_state& now) {
  auto& one = add(stream);
  one.id = numbered_uuid(one.number);
  const auto asks = [&](auto&& choice) {
    choice();
    const auto made = now.decide(one.asked, {});
    return made && !made->refused && !made->events.empty();
  };
  if (stream.category == gauge::category) {
    if (!asks([&] { ask<gauge>(one, climb{1}, "climb 1"); }))
      ask<gauge>(one, descend{1}, "descend 1");
  } else if (
    !asks([&] {
      ask<bank::account>(one, bank::deposit{bank::cents{1}, ""}, "deposit 1");
    })) {
    ask<bank::account>(one, bank::open{"ann", bank::cents{}}, "open");
  }
  name(one);
  return one;
}

} // namespace cafes::test
