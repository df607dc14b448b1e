// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>
#include <cafes/state.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace bank {

/// A withdrawal as its file shows it.
struct withdrawal_line {
  /// "large_withdrawals:0:615": no two lines have the same.
  std::string key;
  std::string account;
  std::int64_t version = 0;
  /// In cents.
  std::int64_t amount = 0;
  std::string reference;
  std::string recorded_at;
  CAFES_FIELDS(key, account, version, amount, reference, recorded_at)
};

/// A file of JSON lines, each of them once, however often it is appended. It
/// belongs to one process at a time.
///
/// What a crash has left of a line is cut off when the file is opened. 16 bytes
/// of memory are kept for each line. Thread: any.
class withdrawal_file {
public:
  static constexpr std::size_t lines_max_default = 1'000'000;
  static constexpr std::size_t line_bytes_max = std::size_t{2} << 20U;

  explicit withdrawal_file(std::string path,
                           std::size_t lines_max = lines_max_default);
  ~withdrawal_file();
  withdrawal_file(const withdrawal_file&) = delete;
  withdrawal_file& operator=(const withdrawal_file&) = delete;

  /// Makes the file, or reads what it has. Errors: unavailable (the file
  /// system says no), not_owner (another process has it), corrupt (a line is
  /// not one of ours), limit_exceeded (too many lines: move it away).
  [[nodiscard]] cafes::expected<void> open();

  /// Appends a line unless its key is there; on disk on return. Errors: those
  /// of open, and those of encode.
  [[nodiscard]] cafes::expected<void> append(const withdrawal_line& line);

private:
  /// Of a key: where its event stands.
  struct place {
    std::int64_t log = 0;
    std::int64_t position = 0;
    auto operator<=>(const place&) const = default;
  };

  [[nodiscard]] static cafes::expected<place> place_of(const std::string& key);
  [[nodiscard]] cafes::expected<void> open_file();
  [[nodiscard]] cafes::expected<void> read_lines();
  [[nodiscard]] cafes::expected<void> take_line(const std::string& text);
  [[nodiscard]] cafes::expected<void> write(const std::string& text);
  /// Takes back what was not written to its end.
  void cut();
  void close();
  [[nodiscard]] cafes::unexpected<cafes::error> refused(const char* what) const;

  const std::string path_;
  const std::size_t lines_max_;

  std::mutex mutex_;
  int file_ = -1;
  /// Of whole lines that are on disk.
  std::int64_t size_ = 0;
  /// In order.
  std::vector<place> known_;
};

} // namespace bank
