// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/json_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cafes::detail {

/// Whether members that nobody asks for are an error: yes for what people
/// type, no for what is stored.
enum class unknown_fields { ignored, refused };

/// Reads values out of JSON text by name, in any order. Depth and size are
/// checked before parsing, and the parser does not recurse.
/// Throws codec_failure with the path of the field. Thread: one at a time.
class json_reader {
public:
  json_reader(std::string_view text, unknown_fields policy);
  ~json_reader();
  json_reader(const json_reader&) = delete;
  json_reader& operator=(const json_reader&) = delete;

  void name(const char* next);
  void start_node();
  void finish_node();
  /// The number of elements of the array just started.
  [[nodiscard]] std::size_t size();
  /// Whether the next value is null; if so it is consumed.
  [[nodiscard]] bool read_null();

  void read(bool& value);
  void read(std::int64_t& value);
  void read(std::uint64_t& value);
  void read(double& value);
  void read(std::string& value);

  /// The path of the value read last, for messages: "lines[2].amount".
  [[noreturn]] void fail_last(const std::string& message) const;
  /// The same for the object or array just started.
  [[noreturn]] void fail_node(const std::string& message) const;

private:
  struct state;
  std::unique_ptr<state> state_;
};

} // namespace cafes::detail
