// SPDX-License-Identifier: MIT
#include "store/snapshot_limits.hpp"

#include "store/door/text.hpp"
#include "store/page_limits.hpp"

#include <cafes/limits.hpp>

#include <set>
#include <string>

namespace cafes::store {

namespace {

unexpected<error> above(const std::string& what, std::size_t found,
                        std::size_t most) {
  return failure(errc::limit_exceeded, what + " " + std::to_string(found)
                                         + ", the most is "
                                         + std::to_string(most));
}

expected<void> check_snapshot(const kept_snapshot& kept) {
  const auto whose = "the snapshot of stream number "
                     + std::to_string(kept.stream.value());
  const auto& [at_version, fingerprint, content] = kept.taken;
  if (content.size() > limits::snapshot_bytes_max)
    return above(whose + " has bytes:", content.size(),
                 limits::snapshot_bytes_max);
  if (fingerprint.size() > limits::fingerprint_bytes_max)
    return above(whose + " has a fingerprint of bytes:", fingerprint.size(),
                 limits::fingerprint_bytes_max);
  if (fingerprint.empty() || !is_storable_text(fingerprint))
    return failure(errc::invalid_argument,
                   whose + " has a fingerprint that is no text");
  return {};
}

} // namespace

expected<void> check_snapshots(std::span<const kept_snapshot> some) {
  if (some.size() > limits::snapshots_max)
    return above("snapshots kept at once:", some.size(), limits::snapshots_max);
  for (const auto& kept : some)
    if (auto fits = check_snapshot(kept); !fits)
      return fits;
  return {};
}

expected<void> check_recovery(std::span<const recovery_request> streams,
                              std::size_t events_max) {
  if (streams.size() > limits::recovery_streams_max)
    return above("streams recovered at once:", streams.size(),
                 limits::recovery_streams_max);
  return check_page(events_max, limits::page_events_max);
}

std::vector<std::span<const kept_snapshot>>
in_batches(std::span<const kept_snapshot> some) {
  std::vector<std::span<const kept_snapshot>> batches;
  std::set<stream_id> streams;
  std::size_t first = 0;
  std::size_t bytes = 0;
  for (std::size_t at = 0; at < some.size(); ++at) {
    const auto size = some[at].taken.content.size();
    if (streams.contains(some[at].stream)
        || (at > first && bytes + size > limits::snapshot_bytes_max)) {
      batches.push_back(some.subspan(first, at - first));
      streams.clear();
      first = at;
      bytes = 0;
    }
    streams.insert(some[at].stream);
    bytes += size;
  }
  if (first < some.size())
    batches.push_back(some.subspan(first));
  return batches;
}

} // namespace cafes::store
