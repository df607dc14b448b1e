// SPDX-License-Identifier: MIT
#include "tests/support/cut_log.hpp"

#include "tests/support/eventually.hpp"
#include "tests/support/open_log.hpp"
#include "tests/support/printing.hpp"

#include <chrono>
#include <utility>

namespace cafes::test {

namespace {

using namespace std::chrono_literals;

constexpr auto lock_wait = 2'000ms;

/// One cut needs one more attempt, and each of them may find the server busy
/// with the end of the session before.
constexpr int attempts_max = 20;

/// A silent peer is to be noticed soon.
constexpr const char* impatient
  = " connect_timeout=2 tcp_user_timeout=500 keepalives_idle=1"
    " keepalives_interval=1 keepalives_count=1";

std::string name_of(int number) {
  return "account-" + std::to_string(number);
}

} // namespace

cut_log::cut_log()
  : direct_{must(store::open_store(schema_.conninfo()))},
    proxied_{must(store::open_store(proxy_.conninfo() + impatient))},
    reader_{must(direct_->open_reader())} {
  must(direct_->migrate());
  take();
  append({{cut_append_kind::first},
          {cut_append_kind::first},
          {cut_append_kind::first}});
}

void cut_log::give_up() {
  writer_.reset();
  demand(eventually([&] { return proxy_.open_sessions() == 0; }),
         "a session without a client");
}

void cut_log::take() {
  give_up();
  writer_ = must(proxied_->open_writer());
  auto taken = acquire();
  for (int attempt = 1; !taken; ++attempt) {
    demand(taken.error().code == errc::unavailable && attempt < attempts_max,
           "taking the log: " + describe(taken.error()));
    taken = acquire();
  }
  end_faults();
  demand(writer_->head() == acknowledged_.head(),
         "the log was taken with another head");
}

expected<void> cut_log::acquire() {
  if (auto taken = writer_->acquire("test", lock_wait); !taken)
    return failure_of(taken);
  const std::vector<detail::event_type> types{{"test.happened", 1, "{}"}};
  auto known = writer_->register_types(types);
  if (!known)
    return failure_of(known);
  type_ = known->at(0);
  return {};
}

void cut_log::end_faults() {
  seen_ = faults().seen();
  cuts_ = faults().cuts();
  faults().plan({});
  proxy_.end_silent_sessions();
}

void cut_log::append(const std::vector<cut_append>& wanted) {
  const auto before = acknowledged_.head();
  const auto asked = make(wanted);
  const auto outcomes = settle(asked);
  end_faults();
  check_kinds(wanted, outcomes);
  acknowledged_.hear(asked, outcomes);
  acknowledged_.check(*reader_, before);
  acknowledged_.check_streams(*reader_, asked);

  const auto after = acknowledged_.head();
  // A cut behind the last message is met only now.
  const auto again = settle(asked);
  for (std::size_t index = 0; index < again.size(); ++index)
    demand(again[index].has_value() == outcomes[index].has_value()
             && (!again[index] || again[index]->repeated),
           "a repetition was not recognised");
  acknowledged_.hear(asked, again);
  acknowledged_.check(*reader_, after);
  earlier_ = asked.front();
}

cut_log::batch cut_log::make(const std::vector<cut_append>& wanted) {
  batch asked;
  for (const auto& like : wanted)
    asked.push_back(make_one(like, asked.size() + 1));
  return asked;
}

store::append_request cut_log::make_one(const cut_append& like,
                                        std::size_t place) {
  if (like.kind == cut_append_kind::again)
    return earlier_;
  if (like.kind == cut_append_kind::first)
    ++streams_;
  store::append_request made;
  made.stream = stream(name_of(
    like.kind == cut_append_kind::first ? streams_ : static_cast<int>(place)));
  const auto known = acknowledged_.at(made.stream);
  made.expected = expected_version::exactly(like.kind == cut_append_kind::stale
                                              ? known.current.plus(-1)
                                              : known.current);
  made.loaded = like.kind == cut_append_kind::loaded
                || like.kind == cut_append_kind::first;
  made.id = made.loaded ? known.id : store::stream_id{};
  made.from.command_id = command(++commands_);
  for (int event = 0; event < like.events; ++event)
    made.events.push_back({type_, std::to_string(++payloads_), ""});
  return made;
}

/// As the log writer's actor does.
std::vector<store::append_outcome> cut_log::settle(const batch& asked) {
  auto ended = writer_->append(asked);
  for (int attempt = 1; !ended; ++attempt) {
    const auto code = ended.error().code;
    demand(attempt < attempts_max
             && (code == errc::outcome_unknown
                 || (code == errc::unavailable && attempt > 1)),
           "appending: " + describe(ended.error()));
    ended = writer_->resolve(asked, lock_wait);
  }
  return *std::move(ended);
}

void cut_log::check_kinds(const std::vector<cut_append>& wanted,
                          const std::vector<store::append_outcome>& outcomes) {
  demand(wanted.size() == outcomes.size(), "not one outcome for each append");
  for (std::size_t index = 0; index < wanted.size(); ++index) {
    const auto& outcome = outcomes[index];
    if (wanted[index].kind == cut_append_kind::stale)
      demand(!outcome && outcome.error().code == errc::version_conflict,
             "a conflict was not told");
    else
      demand(outcome.has_value(),
             outcome ? "" : "not accepted: " + describe(outcome.error()));
    if (outcome && wanted[index].kind == cut_append_kind::again)
      demand(outcome->repeated, "stored again: an append of before");
  }
}

} // namespace cafes::test
