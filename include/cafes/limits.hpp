// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

/// The bounds that hold everywhere and are not settings: what is stored must
/// be readable by every later release. Above each the caller hears
/// `limit_exceeded`.
namespace cafes::limits {

inline constexpr std::size_t category_bytes_max = 64;
inline constexpr std::size_t key_bytes_max = 255;
inline constexpr std::size_t type_name_bytes_max = 128;
inline constexpr std::size_t projection_name_bytes_max = 40;

/// One event's data, and one event's metadata, as JSON text.
inline constexpr std::size_t payload_bytes_max = 1024 * 1024;
/// Nesting of objects and arrays in a payload.
inline constexpr std::size_t payload_depth_max = 64;

/// Events of one command, and their bytes together: what one append may hold.
inline constexpr std::size_t append_events_max = 1000;
inline constexpr std::size_t append_bytes_max = 4 * 1024 * 1024;

/// Appends written to a log at once. An append never exceeds a batch.
inline constexpr std::size_t batch_events_max = 1000;
inline constexpr std::size_t batch_bytes_max = 4 * 1024 * 1024;

/// Events or documents in one page of a read.
inline constexpr std::size_t page_events_max = 1000;
inline constexpr std::size_t page_documents_max = 1000;

/// Conditions of one query, and documents that are looked through for one page
/// of it.
inline constexpr std::size_t query_conditions_max = 8;
inline constexpr std::size_t query_scan_max = 10'000;
/// Fields of a projection's documents that have an index.
inline constexpr std::size_t indexed_fields_max = 8;

/// Parked events in one page of a read, and what is kept of the cause of each.
inline constexpr std::size_t page_parked_max = 1000;
inline constexpr std::size_t parked_message_bytes_max = 1000;

/// A stored snapshot, its fingerprint, and how many are kept at once.
inline constexpr std::size_t snapshot_bytes_max = 4 * 1024 * 1024;
inline constexpr std::size_t fingerprint_bytes_max = 64 * 1024;
inline constexpr std::size_t snapshots_max = 64;

/// Streams recovered by one read.
inline constexpr std::size_t recovery_streams_max = 64;

/// Command ids that an aggregate remembers with their results.
inline constexpr std::size_t command_window_max = 1000;

} // namespace cafes::limits
