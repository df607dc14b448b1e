// SPDX-License-Identifier: MIT
#include "actors/read/feed.hpp"

#include "actors/fault_injection.hpp"

#include <caf/event_based_actor.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace cafes::actors {

namespace {

/// Where only the store knows what is in the log, nobody says when a page is
/// not there any more: after a fail-over that has lost it.
constexpr std::chrono::seconds keep_unknown{1};

page_read shared(log_page page) {
  return std::make_shared<const expected<log_page>>(std::move(page));
}

} // namespace

caf::behavior feed_actor(feed::actor_type* self, feed_surroundings around) {
  return self->state.start(std::move(around));
}

caf::behavior feed::start(feed_surroundings around) {
  around_ = std::move(around);
  ring_ = batch_ring{around_.bytes_max};
  pages_ = page_cache{around_.page_bytes_max};
  self_->set_down_handler([this](const caf::down_msg& gone) {
    pages_.remove_reader(gone.source.id());
  });
  return {
    [this](committed_batch& batch) { take(batch); },
    [this](announce) {
      announcing_ = false;
      if (!loses_hint())
        self_->send(around_.hints, head_hint{around_.head});
    },
    [this](const pull& asked) { return accept(asked); },
    [this](end_unknown) {
      around_.end_known = false;
      doubt();
    },
    [this](forget_pages) {
      forgetting_ = false;
      if (!around_.end_known)
        pages_.clear();
    },
  };
}

void feed::take(committed_batch& batch) {
  *around_.backlog -= bytes_of(*batch);
  around_.head = batch->back().at;
  around_.end_known = true;
  ring_.push(std::move(batch));
  // Stands behind the batches already waiting: many commits, one hint.
  if (!std::exchange(announcing_, true))
    self_->send(self_, announce{});
}

/// What is in memory, or on its way here, may not be in the log any more.
void feed::doubt() {
  ring_ = batch_ring{around_.bytes_max};
  pages_.clear();
  for (auto& read : reads_)
    read.is_doubtful = true;
}

// -- a pull, until it is answered ---------------------------------------------

feed::promise feed::accept(const pull& asked) {
  waiting_pull who{asked, ++count_, 0, self_->make_response_promise<promise>()};
  if (const auto reader
      = caf::actor_cast<caf::actor>(self_->current_sender())) {
    who.reader = reader.id();
    if (pages_.add_reader(who.reader, asked.after))
      self_->monitor(reader);
  }
  auto answer = who.answer;
  serve(std::move(who));
  return answer;
}

void feed::serve(waiting_pull who) {
  const auto asked = who.asked;
  if (auto page = find(asked)) {
    // One that is not full may be where the log ended when it was read.
    const bool more = around_.end_known || page->events.size() == asked.limit;
    const auto last = page->events.empty() ? asked.after
                                           : page->events.back()->at;
    answer(who, *std::move(page));
    if (more)
      look_ahead({last, asked.limit});
  } else if (auto* read = under_way(asked.after)) {
    read->waiting.push_back(std::move(who));
  } else {
    begin(asked, {std::move(who)});
  }
}

/// Nothing when only the store knows.
std::optional<log_page> feed::find(const pull& asked) const {
  auto page = ring_.after(asked.after,
                          std::max(asked.limit, asked.limit_in_memory));
  if (page.events.empty())
    page = pages_.after(asked.after, asked.limit);
  const bool at_end = around_.end_known && asked.after >= around_.head;
  if (page.events.empty() && !at_end)
    return std::nullopt;
  return page;
}

void feed::answer(waiting_pull& who, log_page page) {
  if (!page.events.empty())
    pages_.move_reader(who.reader, page.events.back()->at);
  who.answer.deliver(shared(std::move(page)));
}

// -- a page from the store ----------------------------------------------------

/// The read that will bring what follows a position, if there is any.
feed::page_under_way* feed::under_way(position where) {
  const auto found
    = std::find_if(reads_.begin(), reads_.end(), [&](const auto& read) {
        const auto& asked = read.asked;
        return !read.is_doubtful && asked.after <= where
               && where
                    < asked.after.plus(static_cast<std::int64_t>(asked.limit));
      });
  return found == reads_.end() ? nullptr : &*found;
}

/// Up to what is there or on its way: no event is read twice.
void feed::begin(pull asked, std::vector<waiting_pull> waiting) {
  auto last = asked.after.plus(static_cast<std::int64_t>(asked.limit));
  if (const auto kept = pages_.next_start(asked.after))
    last = std::min(last, kept->plus(-1));
  for (const auto& read : reads_)
    if (!read.is_doubtful && read.asked.after > asked.after)
      last = std::min(last, read.asked.after);
  asked.limit = static_cast<std::size_t>(last.value() - asked.after.value());
  const auto number = ++count_;
  reads_.push_back({asked, number, std::move(waiting)});
  self_->request(around_.log_reader, caf::infinite, asked)
    .then([this, number](const page_read& read) { finish(number, read); },
          [this, number](const caf::error& why) {
            // The reader has ended: the runtime stops.
            for (auto& who : end(number).waiting)
              who.answer.deliver(why);
          });
}

void feed::finish(std::uint64_t number, const page_read& read) {
  auto ended = end(number);
  if (!*read) {
    for (auto& who : ended.waiting)
      who.answer.deliver(read);
    return;
  }
  const auto& events = (*read)->batches.front();
  const auto answered = answer_waiting(ended, events);
  if (!ended.is_doubtful && keep(events)) {
    const bool more = around_.end_known || events->size() == ended.asked.limit;
    if (answered && more)
      look_ahead({events->back().at, answered->limit});
  }
  for (auto& late : ended.waiting)
    serve(std::move(late));
}

/// Returns what one of those asked who are answered now, if any. Leaves those
/// who asked after this read had begun, and for whom there is nothing in it:
/// there may be now.
std::optional<pull> feed::answer_waiting(page_under_way& ended,
                                         const committed_batch& events) {
  std::optional<pull> answered;
  std::vector<waiting_pull> late;
  for (auto& who : ended.waiting) {
    log_page page;
    add_after(who.asked.after, who.asked.limit, events, page);
    if (page.events.empty() && who.number > ended.number) {
      late.push_back(std::move(who));
    } else {
      answered = who.asked;
      answer(who, std::move(page));
    }
  }
  ended.waiting = std::move(late);
  return answered;
}

/// False for a page that would be read ahead for nothing, and so the next.
bool feed::keep(const committed_batch& events) {
  if (!pages_.keep(events))
    return false;
  if (!around_.end_known && !std::exchange(forgetting_, true))
    self_->delayed_send(self_, keep_unknown, forget_pages{});
  return true;
}

/// Whoever has been handed a page asks for the next.
void feed::look_ahead(const pull& next) {
  if (!find({next.after, 1}) && !under_way(next.after))
    begin(next, {});
}

feed::page_under_way feed::end(std::uint64_t number) {
  const auto found
    = std::find_if(reads_.begin(), reads_.end(),
                   [&](const auto& read) { return read.number == number; });
  auto ended = std::move(*found);
  reads_.erase(found);
  return ended;
}

} // namespace cafes::actors
