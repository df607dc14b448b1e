// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/printing.hpp"
#include "tests/support/store_under_test.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::test {

using store::expected_version;

/// What an append shall be like; the stream's name aside.
struct append_shape {
  expected_version expected = expected_version::any();
  int events = 1;
  bool loaded = false;
  store::stream_id id{};
  uuid command_id{};
  /// Of each event; without it {"n":1}, {"n":2}, ….
  std::string data = "";
};

/// "account-42"; the text must be a stream's name.
[[nodiscard]] stream_name stream(std::string_view text);

/// A command id for each number.
[[nodiscard]] uuid command(int number);

/// A store's log with an owner and a reader.
struct open_log {
  explicit open_log(store_under_test& store,
                    const std::string& owner = "first");

  [[nodiscard]] store::append_request to(std::string_view name,
                                         const append_shape& like = {}) const;

  /// A whole batch, which must not fail as such.
  std::vector<store::append_outcome>
  append(const std::vector<store::append_request>& batch);
  /// One append.
  store::append_outcome append(const store::append_request& one);
  store::append_outcome append(std::string_view name,
                               const append_shape& like = {}) {
    return append(to(name, like));
  }

  [[nodiscard]] std::vector<recorded_event> all();
  [[nodiscard]] std::vector<recorded_event> all_of(std::string_view name);
  [[nodiscard]] version version_of(std::string_view name);

  /// What recover answers for one stream.
  [[nodiscard]] store::recovered_stream
  recover(std::string_view name, const std::string& fingerprint = "");

  std::unique_ptr<store::log_writer_session> writer;
  std::unique_ptr<store::log_reader> reader;
  store::ownership owned;
  store::type_id type;
};

/// Fails the test unless positions are 1..n and each stream's versions 1..m.
void check_dense(const std::vector<recorded_event>& log);

} // namespace cafes::test
