// SPDX-License-Identifier: MIT
#include "store/postgres/snapshot_writer.hpp"

#include "store/postgres/binary_rows.hpp"
#include "store/postgres/text_array.hpp"
#include "store/snapshot_limits.hpp"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace cafes::store::postgres {

namespace {

void keep_batch(connection& on, std::span<const kept_snapshot> batch) {
  std::vector<std::string_view> contents;
  contents.reserve(batch.size());
  for (const auto& kept : batch)
    contents.push_back(kept.taken.content);
  const std::array binds{
    bind{array_of(batch, [](const auto& one) { return one.stream.value(); })},
    bind{array_of(
      batch, [](const auto& one) { return one.taken.at_version.value(); })},
    bind{array_of(batch,
                  [](const auto& one) {
                    return std::string_view{one.taken.fingerprint};
                  })},
    bytea_array(contents)};
  static_cast<void>(run_binary(on, "keep_snapshots", binds));
}

} // namespace

snapshot_writer::snapshot_writer(conninfo where)
  : session_{std::move(where),
             {{"keep_snapshots", sql::keep_snapshots},
              {"commit_later", sql::commit_later}},
             [this] { commits_later_ = false; }} {}

expected<void> snapshot_writer::keep(std::span<const kept_snapshot> some) {
  if (auto fits = check_snapshots(some); !fits)
    return fits;
  for (const auto batch : in_batches(some)) {
    auto kept = session_.read("keep snapshots", [&]() -> expected<void> {
      if (!commits_later_)
        session_.on().run("commit_later");
      commits_later_ = true;
      keep_batch(session_.on(), batch);
      return {};
    });
    if (!kept)
      return kept;
  }
  return {};
}

} // namespace cafes::store::postgres
