// SPDX-License-Identifier: MIT
#pragma once

#include "actors/command_envelope.hpp"
#include "store/append.hpp"
#include "store/log_reader.hpp"
#include "store/snapshot.hpp"

#include <cafes/recorded_event.hpp>

#include <caf/actor.hpp>
#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/fwd.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

// What the actors of one process say to each other. None of it crosses a
// process: payloads travel as shared, immutable values and are never encoded.

namespace cafes::actors {

// -- write side ---------------------------------------------------------------

/// aggregate -> log writer. Once an order of a sender has not been stored as
/// it was meant, the later ones are not stored either, until it is forgiven:
/// they were decided on what has not happened.
struct append_order {
  store::append_request request;
  caf::actor sender;
  std::uint64_t ticket = 0;
};

using append_order_ptr = std::shared_ptr<append_order>;

/// log writer -> aggregate. One for each order; after outcome_unknown one more
/// when it is known what became of it.
struct append_verdict {
  std::uint64_t ticket = 0;
  store::append_outcome outcome;
};

/// log writer -> verdict teller: what was written together, and what became of
/// it. Requests, orders and outcomes stand at the same places. And back, empty.
struct log_batch {
  std::vector<store::append_request> requests;
  std::vector<append_order_ptr> orders;
  std::vector<store::append_outcome> outcomes;
  /// The senders have their verdicts.
  bool is_told = false;
};

using log_batch_ptr = std::shared_ptr<log_batch>;

/// aggregate -> log writer: what I order from now on I have decided again.
struct forgive {
  caf::actor_id sender = 0;
};

/// log writer -> itself: write what is waiting.
struct flush {};

/// log writer -> itself: try to settle what is in doubt.
struct settle {};

/// runtime -> router -> aggregates: the log is not ours any more.
struct log_lost {
  error why;
};

/// log writer -> verdict teller -> feed: until the next batch only the store
/// knows where the log ends.
struct end_unknown {};

/// router -> itself: tell more aggregates of it.
struct tell_more_of_loss {};

/// router -> itself: stop more aggregates.
struct stop_more {};

// -- passivation --------------------------------------------------------------

/// router -> aggregate: may you leave memory?
struct leave_question {};

/// aggregate -> router: I have nothing to do, and have received so many
/// commands. Whether more are under way only the router knows.
struct leave_answer {
  stream_name stream;
  caf::actor_id sender = 0;
  std::uint64_t received = 0;
  bool idle = false;
};

/// aggregate -> router: I am gone, whatever the cause. Smaller than a monitor.
struct aggregate_ended {
  stream_name stream;
  caf::actor_id sender = 0;
};

/// router -> itself: who has been idle for too long?
struct look_for_idle {};

// -- reading a stream ---------------------------------------------------------

// One-way messages instead of requests: CAF keeps an actor alive until the
// time-out of its last request is over. What takes too long is noticed by the
// command watch.

/// aggregate -> log reader: the events after a version, from a snapshot on if
/// that is version 0 and there is a fingerprint.
struct recovery_order {
  stream_name stream;
  version after;
  std::string fingerprint;
  caf::actor sender;
  std::uint32_t attempt = 0;
};

using recovery_order_ptr = std::shared_ptr<recovery_order>;

/// log reader -> aggregate
struct recovery_page {
  std::uint32_t attempt = 0;
  std::shared_ptr<expected<store::recovered_stream>> read;
  /// There are events after these.
  bool more = false;
  /// How long the store took.
  std::chrono::nanoseconds took{0};
};

/// log reader -> itself: read for those who wait.
struct recover_waiting {};

/// aggregate -> log reader
struct look_up_order {
  stream_name stream;
  uuid command_id;
  caf::actor sender;
  std::uint32_t attempt = 0;
};

/// log reader -> aggregate
struct looked_up {
  std::uint32_t attempt = 0;
  std::shared_ptr<expected<std::optional<store::appended>>> found;
};

/// watch -> itself
struct look_at_clock {};

// -- snapshots ----------------------------------------------------------------

/// aggregate -> snapshot writer
using snapshot_ptr = std::shared_ptr<store::kept_snapshot>;

/// snapshot writer -> itself: store what waits.
struct keep_waiting {};

// -- read side ----------------------------------------------------------------

/// Events committed together, in order of position.
using committed_batch = std::shared_ptr<const std::vector<recorded_event>>;

/// The broadcast: the log now ends here. A hint, never the data.
struct head_hint {
  position head;
};

/// projection -> feed
struct pull {
  position after;
  /// Of events that have to be read from the store.
  std::size_t limit = 0;
  /// Of events in memory, where that is more.
  std::size_t limit_in_memory = 0;
};

/// feed -> projection: events right after the position asked for.
struct log_page {
  std::vector<committed_batch> batches;
  std::vector<const recorded_event*> events;
};

using page_read = std::shared_ptr<const expected<log_page>>;

/// feed -> itself: tell the group.
struct announce {};

/// feed -> itself: what only the store knows is not kept for long.
struct forget_pages {};

/// projection -> itself
struct poll {};

/// supervisor -> itself
struct start_again {
  std::size_t child = 0;
};

} // namespace cafes::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::envelope_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::append_order_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::append_verdict)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::log_batch_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::flush)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::forgive)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::settle)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::log_lost)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::tell_more_of_loss)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::stop_more)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::end_unknown)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::leave_question)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::leave_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::aggregate_ended)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::look_for_idle)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::recovery_order_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::recovery_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::recover_waiting)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::look_up_order)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::looked_up)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::look_at_clock)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::snapshot_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::keep_waiting)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::committed_batch)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::head_hint)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::pull)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::page_read)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::announce)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::forget_pages)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::poll)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::start_again)
