// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace cafes::detail {

/// Why a value could not become text or text a value. Never leaves `encode`
/// and `decode`, which turn it into an error.
class codec_failure : public std::runtime_error {
public:
  enum class reason { malformed, too_large };

  codec_failure(reason why, const std::string& message)
    : std::runtime_error{message}, why_{why} {}

  [[nodiscard]] reason why() const { return why_; }

private:
  reason why_;
};

/// Compact JSON, put into a string when this object is destroyed, with the
/// checks that make it acceptable to every backend: valid UTF-8, no NUL,
/// finite numbers, bounded depth. Throws codec_failure. Thread: one at a time.
class json_writer {
public:
  explicit json_writer(std::string& out);
  ~json_writer();
  json_writer(const json_writer&) = delete;
  json_writer& operator=(const json_writer&) = delete;

  /// Names the next value; without one, members are called value0, value1…
  void name(const char* next);
  /// Opens a value that becomes an array by `make_array`, else an object.
  void start_node();
  void make_array();
  void finish_node();

  void write(bool value);
  void write(std::int64_t value);
  void write(std::uint64_t value);
  void write(double value);
  void write(std::string_view value);
  void write_null();

private:
  struct state;

  std::unique_ptr<state> state_;
};

} // namespace cafes::detail
