// SPDX-License-Identifier: MIT
#include "tests/support/faulty_log.hpp"

#include <rapidcheck/boost_test.h>

#include <map>
#include <set>

// Whatever goes wrong at whichever call: once resolved, each append is stored
// exactly once or not at all, as its outcome says. Random batches, and for
// each of them every call of the connection in turn.

namespace cafes::test {

namespace {

using namespace std::chrono_literals;

/// One append of a random load; what it expects depends on the log then.
struct random_append {
  int stream = 0;
  int events = 1;
  /// 0 any, 1 the current version, 2 one less, 3 one more, 4 none.
  int expects = 0;
  bool loaded = false;
  bool knows_number = false;
  int command = 0;
  bool ends_batch = false;
};

std::ostream& operator<<(std::ostream& out, const random_append& shown) {
  return out << "{stream " << shown.stream << ", " << shown.events
             << " events, expects " << shown.expects
             << (shown.loaded ? ", loaded" : "")
             << (shown.knows_number ? ", knows number" : "") << ", command "
             << shown.command << (shown.ends_batch ? ", ends batch}" : "}");
}

/// The load's truth: what the log must hold by what has been answered.
struct model {
  struct stored_stream {
    store::stream_id id;
    version current;
    std::map<uuid, store::appended> commands;
  };

  std::map<stream_name, stored_stream> streams;
  std::vector<std::string> tags;

  /// `counts_on_failed`: on an append that was not stored, or not now.
  void check(const store::append_request& asked,
             const store::append_outcome& answered, bool counts_on_failed) {
    auto& stream = streams[asked.stream];
    const auto earlier = stream.commands.find(asked.from.command_id);
    if (!answered) {
      if (answered.error().code != errc::version_conflict)
        return;
      RC_ASSERT(counts_on_failed || !asked.expected.admits(stream.current));
      RC_ASSERT(earlier == stream.commands.end());
    } else if (answered->repeated) {
      RC_ASSERT(earlier != stream.commands.end());
      RC_ASSERT(answered->first_position == earlier->second.first_position);
    } else {
      RC_ASSERT(!counts_on_failed);
      RC_ASSERT(asked.expected.admits(stream.current));
      RC_ASSERT(answered->first_version == stream.current.next());
      RC_ASSERT(answered->first_position.value()
                == static_cast<std::int64_t>(tags.size()) + 1);
      stream.id = answered->id;
      stream.current = answered->last_version;
      if (!asked.from.command_id.is_nil() && earlier == stream.commands.end())
        stream.commands[asked.from.command_id] = *answered;
      for (const auto& event : asked.events)
        tags.push_back(event.data);
    }
  }
};

/// Whether the append counts on the last `loaded` one to its stream before it
/// in the batch, and that one was not stored anew.
bool counts_on_failed(const std::vector<store::append_request>& batch,
                      const std::vector<store::append_outcome>& outcomes,
                      std::size_t index) {
  const auto says_loaded = [](const store::append_request& append) {
    return append.loaded && append.expected.exact();
  };
  const auto& append = batch[index];
  if (!says_loaded(append))
    return false;
  for (auto before = index; before-- > 0;) {
    const auto& other = batch[before];
    if (other.stream != append.stream || !says_loaded(other))
      continue;
    const auto ends_at = other.expected.exact()->plus(
      static_cast<std::int64_t>(other.events.size()));
    return *append.expected.exact() == ends_at
           && (!outcomes[before] || outcomes[before]->repeated);
  }
  return false;
}

/// Runs a load on one log.
class load {
public:
  explicit load(const std::vector<random_append>& appends)
    : appends_{appends} {}

  /// False when the session has ended as no owner.
  bool run(const fault& planned) {
    log_.connection->plan(planned);
    std::vector<store::append_request> batch;
    // Versions as they will be when all of the batch is stored.
    auto ahead = truth_.streams;
    for (const auto& append : appends_) {
      batch.push_back(request(append, ahead));
      if (append.ends_batch && !send(std::exchange(batch, {})))
        return false;
      if (append.ends_batch)
        ahead = truth_.streams;
    }
    return send(batch);
  }

  [[nodiscard]] int calls() const { return log_.connection->calls(); }

  void check_log() const {
    const auto events = log_.all();
    RC_ASSERT(events.size() == truth_.tags.size());
    std::map<stream_name, version> versions;
    for (std::size_t n = 0; n < events.size(); ++n) {
      RC_ASSERT(events[n].data == truth_.tags[n]);
      auto& current = versions[events[n].stream];
      current = current.next();
      RC_ASSERT(events[n].at_version == current);
    }
  }

  void check_whole_appends() const {
    std::set<std::string> seen;
    for (const auto& event : log_.all())
      RC_ASSERT(seen.insert(event.data).second);
  }

private:
  store::append_request
  request(const random_append& like,
          std::map<stream_name, model::stored_stream>& ahead) {
    const stream_name name{"account", std::to_string(like.stream)};
    auto& stream = ahead[name];
    store::append_request made;
    made.stream = name;
    const auto exactly = [&](std::int64_t step) {
      return expected_version::exactly(
        version{std::max<std::int64_t>(0, stream.current.value() + step)});
    };
    switch (like.expects) {
      case 1:
        made.expected = exactly(0);
        break;
      case 2:
        made.expected = exactly(-1);
        break;
      case 3:
        made.expected = exactly(1);
        break;
      case 4:
        made.expected = expected_version::none();
        break;
      default:
        break;
    }
    // Who says loaded cannot expect too much.
    made.loaded = like.loaded && like.expects != 3;
    if (like.knows_number)
      made.id = stream.id;
    if (like.command > 0)
      made.from.command_id = command(like.command);
    for (int n = 0; n < like.events; ++n)
      made.events.push_back({log_.type, std::to_string(++tag_), ""});
    if (made.expected.admits(stream.current))
      stream.current = stream.current.plus(like.events);
    return made;
  }

  bool send(const std::vector<store::append_request>& batch) {
    auto outcomes = log_.writer.append(batch);
    for (int turn = 0; !outcomes; ++turn) {
      if (outcomes.error().code == errc::not_owner)
        return false;
      RC_ASSERT(outcomes.error().code == errc::outcome_unknown
                || outcomes.error().code == errc::unavailable);
      if (turn == 3)
        log_.connection->plan({}); // the store is back
      RC_ASSERT(turn < 5);
      outcomes = log_.writer.resolve(batch, 0ms);
    }
    RC_ASSERT(outcomes->size() == batch.size());
    for (std::size_t n = 0; n < batch.size(); ++n)
      truth_.check(batch[n], (*outcomes)[n],
                   counts_on_failed(batch, *outcomes, n));
    return true;
  }

  const std::vector<random_append>& appends_;
  faulty_log log_;
  model truth_;
  int tag_ = 0;
};

std::vector<random_append> any_load() {
  const auto append = rc::gen::build<random_append>(
    rc::gen::set(&random_append::stream, rc::gen::inRange(0, 3)),
    rc::gen::set(&random_append::events, rc::gen::inRange(1, 4)),
    rc::gen::set(
      &random_append::expects,
      rc::gen::weightedElement<int>({{2, 0}, {6, 1}, {1, 2}, {1, 3}, {1, 4}})),
    rc::gen::set(&random_append::loaded),
    rc::gen::set(&random_append::knows_number),
    rc::gen::set(&random_append::command, rc::gen::inRange(0, 4)),
    rc::gen::set(&random_append::ends_batch,
                 rc::gen::weightedElement<bool>({{1, true}, {2, false}})));
  return *rc::gen::container<std::vector<random_append>>(append);
}

void check_every_call(fault_kind how, bool from_then_on) {
  const auto appends = any_load();
  for (int call = 1;; ++call) {
    load run{appends};
    const bool owner = run.run(
      {.how = how, .first = call, .last = from_then_on ? fault::never : call});
    if (owner)
      run.check_log();
    else
      run.check_whole_appends();
    RC_ASSERT(owner || how == fault_kind::stream_conflict
              || how == fault_kind::position_taken);
    if (run.calls() < call)
      return;
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(lost_connection)

RC_BOOST_PROP(without_a_fault_outcomes_are_what_the_log_holds, ()) {
  const auto appends = any_load();
  load run{appends};
  RC_ASSERT(run.run({}));
  run.check_log();
}

RC_BOOST_PROP(one_call_lost_before_the_store_loses_and_repeats_nothing, ()) {
  check_every_call(fault_kind::lost_before, false);
}

RC_BOOST_PROP(one_call_lost_after_the_store_loses_and_repeats_nothing, ()) {
  check_every_call(fault_kind::lost_after, false);
}

RC_BOOST_PROP(calls_lost_before_the_store_for_a_time_lose_nothing, ()) {
  check_every_call(fault_kind::lost_before, true);
}

RC_BOOST_PROP(calls_lost_after_the_store_for_a_time_repeat_nothing, ()) {
  check_every_call(fault_kind::lost_after, true);
}

RC_BOOST_PROP(one_refused_write_leaves_outcomes_as_the_log_is, ()) {
  check_every_call(fault_kind::refused, false);
}

RC_BOOST_PROP(refused_writes_leave_outcomes_as_the_log_is, ()) {
  check_every_call(fault_kind::refused, true);
}

RC_BOOST_PROP(one_stream_conflict_leaves_outcomes_as_the_log_is, ()) {
  check_every_call(fault_kind::stream_conflict, false);
}

RC_BOOST_PROP(a_taken_position_leaves_whole_appends, ()) {
  check_every_call(fault_kind::position_taken, false);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
