// SPDX-License-Identifier: MIT
#include "tests/support/faulty_store.hpp"

#include "store/memory/log_connection.hpp"
#include "store/memory/log_reader.hpp"
#include "store/memory/memory_log.hpp"
#include "store/memory/snapshot_writer.hpp"
#include "store/memory/view_operator.hpp"
#include "store/memory/view_session.hpp"

#include <utility>
#include <vector>

namespace cafes::test {

namespace {

using store::memory::memory_log;
using plan_ptr = std::shared_ptr<fault_plan>;

unexpected<error> broken() {
  return failure(errc::unavailable, "broken by the test");
}

/// Reads and commits: what fails has not been done, what is lost has.
template <class Call>
auto run(fault_plan& faults, store_call where, Call&& call)
  -> decltype(call()) {
  const auto fault = faults.enter(where);
  if (!fault)
    return call();
  if (*fault == store_fault::lost_after)
    static_cast<void>(call());
  return broken();
}

/// A writer's connection that breaks as planned. A broken one has given up
/// the log, as a server does with a session that has died.
class connection final : public store::log_connection {
public:
  connection(std::shared_ptr<memory_log> log, plan_ptr faults)
    : log_{std::move(log)}, faults_{std::move(faults)} {}

  expected<store::ownership> take(const std::string& owner,
                                  std::chrono::milliseconds wait) override {
    session_.reset();
    if (faults_->enter(store_call::take))
      return broken();
    session_ = std::make_unique<store::memory::log_connection>(log_);
    return session_->take(owner, wait);
  }

  expected<std::vector<store::type_id>>
  register_types(std::span<const detail::event_type> types) override {
    return session_->register_types(types);
  }

  expected<store::known_streams>
  find_streams(std::span<const stream_name> names) override {
    const auto fault = faults_->enter(store_call::find_streams);
    if (!session_ || fault == store_fault::fails)
      return lose();
    auto known = session_->find_streams(names);
    if (fault == store_fault::one_version_ahead)
      for (auto& [name, stream] : *known)
        stream.current = stream.current.next();
    return known;
  }

  expected<std::optional<store::appended>>
  find_command(store::stream_id stream, const uuid& command_id) override {
    if (!session_)
      return broken();
    return session_->find_command(stream, command_id);
  }

  expected<std::vector<store::event_mark>>
  marks_after(position after, std::size_t limit) override {
    if (!session_)
      return broken();
    return session_->marks_after(after, limit);
  }

  store::write_result write(const store::append_plan& plan) override {
    using namespace store::written;
    const auto fault = faults_->enter(store_call::write);
    if (fault == store_fault::position_taken)
      return position_taken{};
    if (fault == store_fault::stream_conflict)
      return stream_conflict{};
    if (!fault && session_)
      return session_->write(plan);
    if (fault == store_fault::lost_after && session_)
      static_cast<void>(session_->write(plan));
    return lost{lose().value()};
  }

private:
  unexpected<error> lose() {
    session_.reset();
    return broken();
  }

  std::shared_ptr<memory_log> log_;
  plan_ptr faults_;
  std::unique_ptr<store::memory::log_connection> session_;
};

void spoil_events(std::vector<recorded_event>& events,
                  std::optional<store_fault> fault) {
  if (fault == store_fault::gap && !events.empty())
    events.erase(events.begin());
  if (fault == store_fault::unknown_types)
    for (auto& event : events)
      event.type = "test.unknown";
}

void turn_a_bit(std::string& content) {
  if (!content.empty())
    content[content.size() / 2] ^= 1;
}

/// The same requests by a program with another shape of state.
std::vector<store::recovery_request>
by_another_release(std::span<const store::recovery_request> streams) {
  std::vector<store::recovery_request> wanted{streams.begin(), streams.end()};
  for (auto& one : wanted)
    if (!one.fingerprint.empty())
      one.fingerprint += " of another release";
  return wanted;
}

class reader final : public store::log_reader {
public:
  reader(std::shared_ptr<memory_log> log, plan_ptr faults)
    : session_{std::move(log)}, faults_{std::move(faults)} {}

  expected<store::stream_slice> read_stream(const stream_name& stream,
                                            version from,
                                            std::size_t limit) override {
    const auto fault = faults_->enter(store_call::read_stream);
    if (fault == store_fault::fails)
      return broken();
    auto slice = session_.read_stream(stream, from, limit);
    spoil_events(slice->events, fault);
    return slice;
  }

  expected<std::vector<store::recovered_stream>>
  recover(std::span<const store::recovery_request> streams,
          std::size_t events_max) override {
    const auto fault = faults_->enter(store_call::recover);
    if (fault == store_fault::fails)
      return broken();
    auto recovered = fault == store_fault::foreign_snapshot
                       ? session_.recover(by_another_release(streams),
                                          events_max)
                       : session_.recover(streams, events_max);
    if (!recovered)
      return recovered;
    for (auto& stream : *recovered) {
      spoil_events(stream.events, fault);
      if (fault == store_fault::damaged_snapshot && stream.snapshot)
        turn_a_bit(stream.snapshot->content);
    }
    return recovered;
  }

  expected<std::vector<recorded_event>> read_log(position after,
                                                 std::size_t limit) override {
    return run(*faults_, store_call::read_log,
               [&] { return session_.read_log(after, limit); });
  }

  expected<position> head() override { return session_.head(); }

  expected<std::optional<store::appended>>
  find_command(const stream_name& stream, const uuid& command_id) override {
    return run(*faults_, store_call::look_up,
               [&] { return session_.find_command(stream, command_id); });
  }

private:
  store::memory::log_reader session_;
  plan_ptr faults_;
};

class snapshot_writer final : public store::snapshot_writer {
public:
  snapshot_writer(std::shared_ptr<memory_log> log, plan_ptr faults)
    : session_{std::move(log)}, faults_{std::move(faults)} {}

  expected<void> keep(std::span<const store::kept_snapshot> some) override {
    return run(*faults_, store_call::keep, [&] { return session_.keep(some); });
  }

private:
  store::memory::snapshot_writer session_;
  plan_ptr faults_;
};

class view_writer final : public store::view_writer {
public:
  view_writer(std::unique_ptr<store::view_writer> session, plan_ptr faults)
    : session_{std::move(session)}, faults_{std::move(faults)} {}

  expected<std::optional<position>> claim() override {
    return run(*faults_, store_call::claim, [&] { return session_->claim(); });
  }

  expected<std::vector<detail::keyed_document>>
  load(std::span<const std::string> keys) override {
    return run(*faults_, store_call::load,
               [&] { return session_->load(keys); });
  }

  expected<std::vector<detail::keyed_document>>
  list(const std::string& after_key, std::size_t limit) override {
    return session_->list(after_key, limit);
  }

  expected<std::vector<parked_event>> parked(position after,
                                             std::size_t limit) override {
    return run(*faults_, store_call::parked,
               [&] { return session_->parked(after, limit); });
  }

  expected<store::view_orders> orders() override {
    return run(*faults_, store_call::orders,
               [&] { return session_->orders(); });
  }

  expected<void> pause(const std::string& why) override {
    return session_->pause(why);
  }

  expected<void> commit(const store::view_commit& page) override {
    return run(*faults_, store_call::commit,
               [&] { return session_->commit(page); });
  }

  expected<std::optional<store::target_build>> open_target() override {
    auto opened = run(*faults_, store_call::open_target,
                      [&] { return session_->open_target(); });
    if (opened && *opened)
      (*opened)->writer
        = std::make_unique<view_writer>(std::move((*opened)->writer), faults_);
    return opened;
  }

  expected<void> stop_target(int number, const std::string& why) override {
    return session_->stop_target(number, why);
  }

  expected<void> go_live(position at) override {
    return run(*faults_, store_call::go_live,
               [&] { return session_->go_live(at); });
  }

private:
  std::unique_ptr<store::view_writer> session_;
  plan_ptr faults_;
};

class view_reader final : public store::view_reader {
public:
  view_reader(std::shared_ptr<memory_log> log, plan_ptr faults)
    : session_{std::move(log)}, faults_{std::move(faults)} {}

  expected<position> checkpoint(const store::view_identity& view) override {
    return session_.checkpoint(view);
  }

  expected<entry> find(const store::view_identity& view,
                       const std::string& key) override {
    return run(*faults_, store_call::find,
               [&] { return session_.find(view, key); });
  }

  expected<page> query(const store::view_identity& view,
                       const cafes::view_query& asked) override {
    return run(*faults_, store_call::query,
               [&] { return session_.query(view, asked); });
  }

  expected<totals> total(const store::view_identity& view,
                         const view_selection& selected,
                         const std::string& summed) override {
    return run(*faults_, store_call::total,
               [&] { return session_.total(view, selected, summed); });
  }

private:
  store::memory::view_reader session_;
  plan_ptr faults_;
};

} // namespace

faulty_store::faulty_store()
  : log_{std::make_shared<memory_log>()},
    faults_{std::make_shared<fault_plan>()} {}

expected<void> faulty_store::migrate() {
  return {};
}

expected<store_summary> faulty_store::summary() {
  const std::lock_guard lock{log_->mutex};
  store_summary held;
  held.backend = "memory";
  held.events = log_->head().value();
  held.head = log_->head();
  held.epoch = log_->epoch;
  held.owner = log_->owner;
  return held;
}

expected<std::unique_ptr<store::log_writer_session>>
faulty_store::open_writer() {
  return std::make_unique<store::log_writer_session>(
    std::make_unique<connection>(log_, faults_));
}

expected<std::unique_ptr<store::log_reader>> faulty_store::open_reader() {
  return std::make_unique<reader>(log_, faults_);
}

expected<std::unique_ptr<store::snapshot_writer>>
faulty_store::open_snapshot_writer() {
  return std::make_unique<snapshot_writer>(log_, faults_);
}

expected<std::unique_ptr<store::view_writer>>
faulty_store::open_view_writer(const store::view_identity& view) {
  if (faults_->enter(store_call::open_view))
    return broken();
  return std::make_unique<view_writer>(
    std::make_unique<store::memory::view_writer>(log_, view), faults_);
}

expected<std::unique_ptr<store::view_reader>> faulty_store::open_view_reader() {
  return std::make_unique<view_reader>(log_, faults_);
}

expected<std::unique_ptr<store::view_operator>>
faulty_store::open_view_operator() {
  return std::make_unique<store::memory::view_operator>(log_);
}

} // namespace cafes::test
