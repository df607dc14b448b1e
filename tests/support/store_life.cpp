// SPDX-License-Identifier: MIT
#include "tests/support/store_life.hpp"

#include "tests/support/open_log.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/stored_log.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace cafes::test {

namespace {

using namespace std::chrono_literals;

const store::view_identity view{"balances", 1, "{}"};
const std::vector<detail::event_type> types{{"test.happened", 1, "{}"}};

/// Failed so often, and the disk is mended; and once more is once too often.
constexpr int failures_until_mended = 2;
constexpr int attempts_max = 5;

std::string file_in(const std::string& folder) {
  return folder + "/log.db";
}

bool is_passing(const error& why) {
  return why.code == errc::unavailable || why.code == errc::outcome_unknown;
}

std::vector<store::keyed_document> documents_at(position checkpoint) {
  return {{"all", std::to_string(checkpoint.value())}};
}

} // namespace

/// What the deed returns when it succeeds.
template <class Deed>
auto store_life::at_last(const std::string& doing, Deed deed) {
  auto done = deed();
  for (int attempt = 1; !done; ++attempt) {
    demand(is_passing(done.error()) && attempt < attempts_max,
           doing + ": " + describe(done.error()));
    if (attempt == failures_until_mended)
      disk_->mend();
    done = deed();
  }
  return must(std::move(done));
}

int store_life::live(const disk_fault& fault) {
  disk_->plan(fault);
  open();
  append_all();
  disk_->lose_power(file_in(closed_.path()), power_lost_open_.path());
  view_.reset();
  writer_.reset();
  store_.reset();
  disk_->lose_power(file_in(closed_.path()), power_lost_closed_.path());
  const auto failed = disk_->failures();
  disk_.reset();
  return failed;
}

void store_life::open() {
  store_ = at_last("open the store", [&] {
    return store::open_store("sqlite:" + file_in(closed_.path()));
  });
  at_last("migrate", [&] { return store_->migrate(); });
  writer_ = at_last("open a writer", [&] { return store_->open_writer(); });
  at_last("take the log", [&] { return writer_->acquire("test", 0ms); });
  type_ = at_last("register types", [&] {
            return writer_->register_types(types);
          }).at(0);
  view_ = at_last("open a view",
                  [&] { return store_->open_view_writer(view); });
}

void store_life::append_all() {
  append({to("account-1", 2)});
  commit_view();
  append({to("account-1", 1), to("account-2", 3)});
  auto stale = to("account-1", 1, false);
  stale.expected = expected_version::exactly(version{1});
  append({to("account-2", 1, false), stale, to("account-3", 1)});
  commit_view();
}

store::append_request store_life::to(const std::string& name, int events,
                                     bool loaded) {
  store::append_request made;
  made.stream = stream(name);
  const auto known = acknowledged_.at(made.stream);
  made.expected = expected_version::exactly(known.current);
  made.loaded = loaded;
  made.id = loaded ? known.id : store::stream_id{};
  made.from.command_id = command(++commands_);
  for (int event = 0; event < events; ++event)
    made.events.push_back({type_, std::to_string(++payloads_), ""});
  return made;
}

/// Until all are accepted, but for those that are in conflict.
void store_life::append(std::vector<store::append_request> asked) {
  for (int attempt = 1; !asked.empty(); ++attempt) {
    const auto outcomes = settle(asked);
    acknowledged_.hear(asked, outcomes);
    std::vector<store::append_request> refused;
    for (std::size_t index = 0; index < asked.size(); ++index) {
      const auto& outcome = outcomes[index];
      demand(!outcome || !outcome->repeated,
             "an append that was refused as not stored was stored");
      if (outcome || outcome.error().code == errc::version_conflict)
        continue;
      demand(is_passing(outcome.error()) && attempt < attempts_max,
             "append: " + describe(outcome.error()));
      refused.push_back(asked[index]);
    }
    if (attempt == failures_until_mended)
      disk_->mend();
    asked = std::move(refused);
  }
}

std::vector<store::append_outcome>
store_life::settle(const std::vector<store::append_request>& asked) {
  bool in_doubt = false;
  return at_last("append", [&] {
    auto ended = in_doubt ? writer_->resolve(asked, 0ms)
                          : writer_->append(asked);
    in_doubt = true;
    return ended;
  });
}

/// What a worker does: claims, and goes on from the checkpoint it gets.
void store_life::commit_view() {
  const auto head = acknowledged_.head();
  at_last("commit a view", [&]() -> expected<void> {
    auto claimed = view_->claim();
    if (!claimed)
      return failure_of(claimed);
    demand(claimed->has_value(), "the view is claimed by somebody else");
    const auto from = **claimed;
    demand(from == viewed_ || from == head, "a view with another checkpoint");
    if (from == head)
      return {};
    return view_->commit({from, head, documents_at(head), {}, {}});
  });
  viewed_ = head;
}

void store_life::check_what_is_left() {
  check_folder(closed_.path(), false);
  const faulty_vfs without_syncs;
  check_folder(power_lost_open_.path(), true);
  check_folder(power_lost_closed_.path(), true);
}

void store_life::check_folder(const std::string& folder, bool may_fall_back) {
  const auto file = file_in(folder);
  const auto found = open_sqlite_log(file)->integrity();
  demand(found == "ok", "integrity: " + found);
  const auto opened = must(store::open_store("sqlite:" + file));
  must(opened->migrate());
  const auto reader = must(opened->open_reader());
  acknowledged_.check(*reader);
  check_view(*opened, may_fall_back);
  if (!may_fall_back)
    return;
  // It can be gone on with.
  const auto writer = must(opened->open_writer());
  must(writer->acquire("next", 0ms));
  demand(writer->head() == acknowledged_.head(), "another head");
  auto next = acknowledged_;
  const std::vector asked{to("account-1", 1)};
  next.hear(asked, must(writer->append(asked)));
  next.check(*reader);
}

void store_life::check_view(store::log_store& opened,
                            bool may_fall_back) const {
  const auto reader = must(opened.open_view_reader());
  const auto checkpoint = reader->checkpoint(view);
  if (!checkpoint && may_fall_back)
    return; // it was not even made
  demand(must(checkpoint) == viewed_
           || (may_fall_back && *checkpoint <= viewed_),
         "a view fell back");
  const auto shown = must(reader->find(view, "all"));
  demand(shown.document.value_or("0") == std::to_string(checkpoint->value()),
         "a view's document is not the one of its checkpoint");
}

} // namespace cafes::test
