// SPDX-License-Identifier: MIT
#include "tests/simulation/model_server.hpp"

#include "actors/write/snapshot_content.hpp"

#include <cafes/detail/assert.hpp>

#include <chrono>
#include <iterator>
#include <utility>

namespace cafes::test {

kept_plan::kept_plan(const store::append_plan& plan) : plan_{plan} {
  for (auto& stream : plan_.new_streams)
    stream.name = &names_.emplace_back(*stream.name);
  for (auto& event : plan_.events) {
    event.from = &origins_.emplace_back(*event.from);
    event.event = &events_.emplace_back(*event.event);
  }
}

void model_server::end_process() {
  ++process_;
  for (auto* each : links_)
    each->session.reset();
}

// -- writes that the server ends later ----------------------------------------

void model_server::keep_late(link& one, const store::append_plan& plan) {
  late_.emplace(late_write{kept_plan{plan}, std::move(one.session)});
}

void model_server::end_late_write() {
  if (!late_)
    return;
  const bool is_done = around_->by.chance(5'000);
  around_->trace.note("server: late write ", is_done ? "done" : "dropped");
  if (is_done)
    static_cast<void>(late_->session->write(late_->plan.plan()));
  late_.reset();
}

// -- another owner ------------------------------------------------------------

store::log_writer_session& model_server::let_other_take() {
  for (auto* each : links_)
    each->session.reset();
  end_late_write();
  around_->is_disturbed = true;
  other_ = std::make_unique<store::log_writer_session>(
    std::make_unique<store::memory::log_connection>(log_));
  const auto taken = other_->acquire("other " + std::to_string(++others_),
                                     std::chrono::milliseconds{0});
  CAFES_ASSERT(taken.has_value());
  around_->trace.note("server: other ", others_, " owns the log");
  return *other_;
}

void model_server::let_other_go() {
  around_->trace.note("server: other ", others_, " gives up the log");
  other_.reset();
}

// -- snapshots ----------------------------------------------------------------

void model_server::spoil_snapshot() {
  auto& all = log_->snapshots;
  if (all.empty())
    return;
  auto at = std::next(
    all.begin(), static_cast<std::ptrdiff_t>(around_->by.index(all.size())));
  if (around_->by.chance(1'000)) {
    around_->trace.note("server: snapshot of ", at->first, " lost");
    all.erase(at);
    return;
  }
  spoil(at->second);
  around_->trace.note("server: snapshot of ", at->first, " spoilt");
}

void model_server::spoil(store::stored_snapshot& kept) {
  auto& by = around_->by;
  auto& bytes = kept.content;
  const auto way = by.between(0, 9);
  if (way == 0 || bytes.empty()) {
    kept.fingerprint += " of another release";
  } else if (way == 1) {
    bytes.resize(by.index(bytes.size()));
  } else if (way <= 4) {
    bytes[by.index(bytes.size())] ^= static_cast<char>(1 << by.between(0, 7));
  } else if (way <= 7 || !around_->like.short_windows) {
    change_a_number(bytes);
  } else if (auto content = actors::decode_snapshot(bytes);
             content && !content->commands.empty()) {
    content->commands.erase(content->commands.begin());
    content->whole = false;
    bytes = actors::encode(*content);
  }
}

/// In the state, which is still well-formed then.
void model_server::change_a_number(std::string& content) {
  std::vector<std::size_t> digits;
  const auto state = content.rfind('{');
  for (auto at = content.find_first_of("0123456789", state);
       at != std::string::npos;
       at = content.find_first_of("0123456789", at + 1))
    digits.push_back(at);
  if (digits.empty())
    return;
  auto& digit = content[digits[around_->by.index(digits.size())]];
  digit = static_cast<char>('0' + (digit - '0' + 1) % 10);
}

} // namespace cafes::test
