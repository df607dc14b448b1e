// SPDX-License-Identifier: MIT
#include "tests/simulation/simulation.hpp"

#include "tests/support/printing.hpp"

#include <algorithm>
#include <utility>

namespace cafes::test {

namespace {

constexpr int turns_max = 20'000;
constexpr int turns_to_settle_max = 20'000;
constexpr int pauses_at_rest = 3;
constexpr int pauses_max = 40;
constexpr std::size_t pending_max = 40;

std::string shown(const detail::erased_outcome& ended) {
  if (const auto* failed = std::get_if<error>(&ended.ended))
    return std::string{to_string(failed->code)} + " (" + failed->message + ")";
  if (const auto* refused
      = std::get_if<detail::any_decision::refusal>(&ended.ended))
    return "refused: " + refused->name;
  const auto& stored = std::get<detail::erased_outcome::accepted>(ended.ended);
  return "accepted, version " + std::to_string(stored.at_version.value())
         + " position " + std::to_string(stored.at_position.value())
         + (stored.repeated ? " (repeated)" : "");
}

} // namespace

simulated simulation::run() {
  go_on();
  if (!around_.broken)
    heal();
  if (!around_.broken)
    settle();
  if (!around_.broken)
    probe();
  end(around_.broken.has_value());
  simulated came;
  came.broken = around_.broken;
  came.hash = around_.trace.hash();
  came.trace = around_.trace.text();
  came.processes = processes_;
  came.sent = sent_.size();
  for (const auto& each : sent_) {
    came.accepted += each.accepted() != nullptr ? 1 : 0;
    came.refused += each.refused() != nullptr ? 1 : 0;
    came.failed += each.failed() != nullptr ? 1 : 0;
  }
  return came;
}

void simulation::go_on() {
  for (int turn = 0; turn < turns_max && !around_.broken; ++turn) {
    if (!callers_.have_more() && pending() == 0)
      return;
    go_wrong();
    take_turn();
    stored_.catch_up();
  }
}

std::size_t simulation::pending() const {
  return static_cast<std::size_t>(
    std::count_if(sent_.begin(), sent_.end(),
                  [](const sending& each) { return each.is_pending(); }));
}

/// Somebody runs, or somebody sends, or time goes by.
void simulation::take_turn() {
  auto& by = around_.by;
  if (!process_)
    return start();
  const bool has_work = process_->has_work();
  if (!has_work && pending() == 0)
    around_.is_disturbed = false;
  if (callers_.have_more() && pending() < pending_max
      && by.chance(has_work ? around_.like.sends : 6'000))
    return send_some();
  if (has_work && !by.chance(200))
    return process_->step();
  process_->pass(std::chrono::milliseconds{by.between(1, 700)});
}

// -- what goes wrong ----------------------------------------------------------

bool simulation::may_happen(int in_ten_thousand) {
  return !around_.is_healed && around_.by.chance(in_ten_thousand);
}

void simulation::go_wrong() {
  const auto& like = around_.like;
  if (may_happen(like.outage)) {
    around_.is_outage = true;
    around_.trace.note("server: outage");
  } else if (around_.is_outage && may_happen(300)) {
    around_.is_outage = false;
    around_.trace.note("server: back");
  }
  if (may_happen(100))
    server_.end_late_write();
  if (!server_.has_other_owner() && may_happen(like.other_owner))
    let_other_take();
  else if (server_.has_other_owner() && may_happen(2'000))
    let_other_write();
  else if (server_.has_other_owner() && may_happen(2'000))
    server_.let_other_go();
  if (may_happen(like.snapshot_spoilt))
    server_.spoil_snapshot();
  if (may_happen(like.time_over))
    expire_one();
  if (process_ && may_happen(like.crash))
    end(true);
  if (process_ && may_happen(process_->has_lost_log() ? 500 : like.stop))
    end(false);
}

void simulation::let_other_take() {
  static_cast<void>(server_.let_other_take());
  stored_.catch_up();
  for (const auto& stream : callers_.streams())
    fenced_at_.emplace(stream, stored_.of(stream).last());
}

/// Decides by itself on what the log holds, as another process would.
void simulation::let_other_write() {
  auto& one = callers_.foreign();
  const auto& type = stored_.type_of(one.stream.category);
  const auto& in = stored_.of(one.stream);
  one.durable_before = in.last();
  const auto made = in.at(in.last()).decide(one.asked, {{}, one.id});
  if (!made || made->refused || made->events.empty()
      || stored_.find_id(one) != nullptr)
    return;
  const auto ids = must(server_.other()->register_types(type.events));
  store::append_request request;
  request.stream = one.stream;
  request.from = {one.id, one.id, numbered_uuid(one.number)};
  for (const auto& event : made->events)
    request.events.push_back({ids[event.type], event.data, ""});
  around_.trace.note("server: other stores ", one.what);
  must(must(server_.other()->append(std::vector{request})).at(0));
}

void simulation::expire_one() {
  std::vector<sending*> under_way;
  for (auto& each : sent_)
    if (each.is_pending())
      under_way.push_back(&each);
  if (under_way.empty())
    return;
  auto& one = *under_way[around_.by.index(under_way.size())];
  if (const auto envelope = one.envelope.lock()) {
    around_.trace.note("watch: the time of ", one.what, " is over");
    one.is_expired = true;
    envelope->expire(actors::command_envelope::clock::time_point::max(),
                     std::chrono::milliseconds{0});
    // A command that is being decided is answered as if nothing had been.
    one.is_expired = one.ended.has_value();
  }
}

// -- processes ----------------------------------------------------------------

void simulation::start() {
  process_ = simulated_process::start(
    around_, store_, "process " + std::to_string(processes_ + 1));
  if (!process_)
    return;
  ++processes_;
  fenced_at_.clear();
}

/// By a crash nothing is heard of what was under way; without one it is.
void simulation::end(bool crashes) {
  around_.trace.note("process: ", crashes ? "dies" : "stops");
  around_.is_disturbed = true;
  if (crashes) {
    for (auto& each : sent_)
      each.is_orphan = each.is_orphan || each.is_pending();
    server_.end_process();
  }
  const auto counted = process_ ? process_->counted() : nullptr;
  process_.reset();
  if (counted && counted->aggregate_bytes != 0)
    around_.fail("nothing is left", "bytes of aggregates are still counted");
  if (!crashes)
    server_.end_process();
  for (const auto& each : sent_)
    if (each.answers == 0 && !each.is_foreign)
      around_.fail("exactly one answer", each.what + " got none");
}

// -- commands -----------------------------------------------------------------

void simulation::send_some() {
  const auto burst = static_cast<std::size_t>(
    around_.by.between(1, static_cast<std::int64_t>(around_.like.burst_max)));
  for (std::size_t each = 0; each < burst && callers_.have_more(); ++each)
    send(callers_.next());
}

void simulation::send(sending& one) {
  stored_.catch_up();
  const auto fenced = fenced_at_.find(one.stream);
  one.durable_before = fenced == fenced_at_.end()
                         ? stored_.of(one.stream).last()
                         : fenced->second;
  around_.trace.note("send ", one.what);
  process_->send(one, [this, &one](detail::erased_outcome&& ended) {
    hear(one, std::move(ended));
  });
}

void simulation::hear(sending& one, detail::erased_outcome&& ended) {
  if (++one.answers > 1)
    around_.fail("exactly one answer", one.what + " got another one");
  if (one.is_orphan || around_.broken)
    return;
  around_.trace.note("hear ", one.what, ": ", shown(ended));
  one.ended = std::move(ended);
  check_.hear(one);
  if (one.failed() != nullptr && !one.id.is_nil())
    callers_.hear_failed(one);
}

// -- in the end ---------------------------------------------------------------

void simulation::heal() {
  around_.trace.note("server: healed");
  around_.is_healed = true;
  around_.is_outage = false;
  server_.end_late_write();
  if (server_.has_other_owner())
    server_.let_other_go();
}

/// All that is under way is answered, if need be by another process.
void simulation::settle() {
  int pauses = 0;
  for (int turn = 0; turn < turns_to_settle_max && !around_.broken; ++turn) {
    if (!process_)
      start();
    else if (process_->has_work())
      process_->step();
    else if (pending() == 0 && process_->has_lost_log())
      end(false);
    else if (++pauses > (pending() == 0 ? pauses_at_rest : pauses_max))
      break;
    else
      process_->pass(std::chrono::milliseconds{600});
    stored_.catch_up();
  }
  around_.is_disturbed = false;
  for (const auto& each : sent_)
    if (each.is_pending())
      around_.fail("exactly one answer", each.what + " is still waiting");
  if (around_.broken || !process_)
    return;
  if (process_->commands_under_way() != 0)
    around_.fail("nothing is left", "commands are counted as under way");
  if (process_->counted()->snapshots_in_flight != 0)
    around_.fail("nothing is left", "snapshots are counted as under way");
}

void simulation::probe() {
  for (const auto& stream : callers_.streams()) {
    const auto& in = stored_.of(stream);
    auto& one = callers_.probe(stream, in.at(in.last()));
    send(one);
    settle();
    if (one.accepted() == nullptr)
      probe_again(one);
    if (around_.broken)
      return;
  }
}

/// The first one may have found out that there has been another owner; or it
/// was refused without a look at the log, on a state from before.
void simulation::probe_again(const sending& first) {
  if (first.refused() != nullptr && !fenced_at_.empty()) {
    end(false);
    settle();
  }
  auto& one = callers_.again(first);
  send(one);
  settle();
  if (one.accepted() == nullptr)
    around_.fail("every stream goes on", one.what + " was not accepted");
}

} // namespace cafes::test
