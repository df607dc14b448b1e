// SPDX-License-Identifier: MIT
#pragma once

#include "actors/command_envelope.hpp"
#include "store/append.hpp"
#include "store/log_reader.hpp"

#include <cafes/recorded_event.hpp>

#include <caf/actor.hpp>
#include <caf/allowed_unsafe_message_type.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

// What the actors of one process say to each other. None of it crosses a
// process: payloads travel as shared, immutable values and are never encoded.

namespace cafes::actors {

// -- write side ---------------------------------------------------------------

/// aggregate -> log writer
struct append_order {
  store::append_request request;
  caf::actor sender;
  std::uint64_t ticket = 0;
};

using append_order_ptr = std::shared_ptr<append_order>;

/// log writer -> aggregate
struct append_verdict {
  std::uint64_t ticket = 0;
  store::append_outcome outcome;
};

/// log writer -> itself: write what is waiting.
struct flush {};

/// aggregate -> itself: is the verdict overdue?
struct verdict_overdue {};

/// log writer -> itself: try to settle what is in doubt.
struct settle {};

/// runtime -> router -> aggregates: the log is not ours any more.
struct log_lost {
  error why;
};

/// log writer -> feed: until the next batch only the store knows where the log
/// ends.
struct end_unknown {};

// -- reading the log ----------------------------------------------------------

struct read_stream {
  stream_name stream;
  version from;
};

using stream_read = std::shared_ptr<expected<store::stream_slice>>;

struct find_command {
  stream_name stream;
  uuid command_id;
};

using command_found = std::shared_ptr<expected<std::optional<store::appended>>>;

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
  std::size_t limit = 0;
};

/// feed -> projection: events right after the position asked for.
struct log_page {
  std::vector<committed_batch> batches;
  std::vector<const recorded_event*> events;
};

using page_read = std::shared_ptr<const expected<log_page>>;

/// feed -> itself: tell the group.
struct announce {};

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
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::flush)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::verdict_overdue)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::settle)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::log_lost)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::end_unknown)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::read_stream)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::stream_read)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::find_command)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::command_found)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::committed_batch)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::head_hint)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::pull)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::page_read)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::announce)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::poll)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::start_again)
