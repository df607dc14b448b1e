// SPDX-License-Identifier: MIT
#include "tests/soak/log_writers.hpp"

#include "domain/account_events.hpp"
#include "tests/soak/end_sessions.hpp"
#include "tests/support/printing.hpp"

#include <cafes/codec.hpp>
#include <cafes/detail/typed_aggregate.hpp>

#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/transaction>

#include <chrono>
#include <future>
#include <memory>
#include <random>
#include <span>
#include <utility>
#include <vector>

namespace cafes::soak {

namespace {

using std::chrono::milliseconds;
using test::must;

constexpr std::int64_t streams = 64;
constexpr std::int64_t appends_max = 40;
constexpr std::int64_t append_events_max = 5;
constexpr std::int64_t batches_of_a_turn_max = 60;
constexpr std::int64_t wait_longest = 300;
/// One of so many turns of an intruder ends somebody's session.
constexpr std::int64_t ends_one_of = 20;

/// After the rows are in and before they are committed.
constexpr const char* delay_commits = R"(
CREATE FUNCTION delay_commit() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF random() < 0.2 THEN
    PERFORM pg_sleep(random() * 0.003);
  END IF;
  RETURN NULL;
END
$body$;
CREATE TRIGGER delay_commit AFTER INSERT ON events
FOR EACH STATEMENT EXECUTE FUNCTION delay_commit();)";

/// A stream of nobody's, so that the position alone is in the way.
constexpr const char* insert_next_position = R"(
INSERT INTO events (log_id, position, stream_id, version, type_id, recorded_at,
  data)
SELECT 0, coalesce(max(position), 0) + 1, -$1::bigint, 1, 1, now(), '{}'
FROM events WHERE log_id = 0)";

class random_numbers {
public:
  explicit random_numbers(std::int64_t seed)
    : numbers_{static_cast<std::uint64_t>(seed)} {}

  std::int64_t up_to(std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>{1, most}(numbers_);
  }

private:
  std::mt19937_64 numbers_;
};

} // namespace

/// One thread of those that own the log by turns.
class log_writers::writer {
public:
  writer(log_writers& all, int number, std::int64_t seed)
    : all_{all}, name_{"writer " + std::to_string(number)}, chance_{seed} {}

  void run() {
    while (!all_.is_enough()) {
      const auto session = must(all_.store_->open_writer());
      const auto taken
        = session->acquire(name_ + "/" + std::to_string(++turn_),
                           milliseconds{chance_.up_to(wait_longest)});
      if (taken)
        own(*session);
      else if (taken.error().code == errc::not_owner && chance_.up_to(2) == 1)
        all_.owners_ended_ += end_log_owner(all_.dsn_);
    }
  }

private:
  void own(store::log_writer_session& session) {
    ++all_.turns_;
    const std::vector<detail::event_type> types{
      detail::event_type_of<bank::deposited>()};
    const auto known = session.register_types(types);
    if (!known) // the session has been ended
      return;
    for (auto left = chance_.up_to(batches_of_a_turn_max);
         left > 0 && !session.ended() && !all_.is_enough(); --left)
      write(session, make_batch(known->at(0)));
  }

  std::vector<store::append_request> make_batch(store::type_id type) {
    std::vector<store::append_request> batch;
    for (auto left = chance_.up_to(appends_max); left > 0; --left) {
      store::append_request append;
      append.stream = {"account", std::to_string(chance_.up_to(streams))};
      for (auto more = chance_.up_to(append_events_max); more > 0; --more)
        append.events.push_back(
          {type, must(encode(bank::deposited{bank::cents{1}, name_})), ""});
      batch.push_back(std::move(append));
    }
    return batch;
  }

  void write(store::log_writer_session& session,
             std::span<const store::append_request> batch) {
    ++all_.batches_;
    auto outcomes = session.append(batch);
    if (!outcomes && outcomes.error().code == errc::outcome_unknown)
      ++all_.doubts_;
    while (!outcomes && outcomes.error().code != errc::not_owner) {
      const auto code = outcomes.error().code;
      if (code != errc::outcome_unknown && code != errc::unavailable)
        must(std::move(outcomes));
      outcomes = session.resolve(batch,
                                 milliseconds{chance_.up_to(wait_longest)});
    }
    if (!outcomes)
      return; // not_owner: nothing of it is stored
    for (std::size_t each = 0; each < batch.size(); ++each) {
      const auto& outcome = (*outcomes)[each];
      if (outcome)
        all_.accepted_ += std::ssize(batch[each].events);
      else if (outcome.error().code != errc::not_owner)
        must(outcome);
    }
  }

  log_writers& all_;
  std::string name_;
  random_numbers chance_;
  int turn_ = 0;
};

/// Writes the next position without owning the log, and takes it back.
class log_writers::intruder {
public:
  intruder(log_writers& all, int number, std::int64_t seed)
    : all_{all}, number_{number}, chance_{seed} {}

  void run() {
    pqxx::connection session{all_.dsn_ + " application_name=soak"};
    session.prepare("insert_next", insert_next_position);
    while (!all_.is_enough()) {
      intrude(session);
      pqxx::nontransaction{session}.exec("SELECT pg_sleep(random() * 0.01)");
      if (chance_.up_to(ends_one_of) == 1)
        all_.others_ended_ += end_any_session(all_.dsn_);
    }
  }

private:
  void intrude(pqxx::connection& session) {
    pqxx::work never_committed{session};
    try {
      never_committed.exec_prepared("insert_next", number_);
      never_committed.exec("SELECT pg_sleep(random() * 0.003)");
      ++all_.rolled_back_;
    } catch (const pqxx::unique_violation&) {
      // The owner was faster.
    }
  }

  log_writers& all_;
  int number_;
  random_numbers chance_;
};

log_writers::log_writers(std::string dsn, std::int64_t events_min,
                         test::seeded_random& chance)
  : dsn_{std::move(dsn)},
    store_{must(store::open_store(dsn_))},
    events_min_{events_min},
    chance_{chance} {
  must(store_->migrate());
  pqxx::connection session{dsn_};
  pqxx::nontransaction{session}.exec(delay_commits);
}

void log_writers::run() {
  std::vector<std::future<void>> threads;
  const auto seed = [this] { return chance_.between(1, 1'000'000'000); };
  const auto start = [&]<class Role>(Role role) {
    threads.push_back(
      std::async(std::launch::async, [role]() mutable { role.run(); }));
  };
  for (int each = 1; each <= writers; ++each)
    start(writer{*this, each, seed()});
  for (int each = 1; each <= intruders; ++each)
    start(intruder{*this, each, seed()});
  for (auto& thread : threads)
    thread.get();
}

writing_figures log_writers::figures() const {
  return {accepted_,     batches_, turns_,      owners_ended_,
          others_ended_, doubts_,  rolled_back_};
}

} // namespace cafes::soak
