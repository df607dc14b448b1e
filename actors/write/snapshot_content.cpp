// SPDX-License-Identifier: MIT
#include "actors/write/snapshot_content.hpp"

#include "actors/fault_injection.hpp"

#include <boost/crc.hpp>
#include <boost/endian/conversion.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace cafes::actors {

namespace {

constexpr char format = 1;
constexpr std::size_t checksum_bytes = 4;
constexpr std::size_t header_bytes = checksum_bytes + 1 + 1 + 4;
constexpr std::size_t command_bytes = 16 + 8 + 8;

std::uint32_t checksum(std::string_view bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

template <class Number>
void put(std::string& out, Number value) {
  const auto big = boost::endian::native_to_big(value);
  std::array<char, sizeof(big)> raw{};
  std::memcpy(raw.data(), &big, sizeof(big));
  out.append(raw.data(), raw.size());
}

/// The caller has made sure that the bytes are there.
template <class Number>
Number take(std::string_view& in) {
  Number big{};
  std::memcpy(&big, in.data(), sizeof(big));
  in.remove_prefix(sizeof(big));
  return boost::endian::big_to_native(big);
}

remembered_command take_command(std::string_view& in) {
  remembered_command command;
  std::memcpy(command.id.bytes.data(), in.data(), command.id.bytes.size());
  in.remove_prefix(command.id.bytes.size());
  command.at_version = version{take<std::int64_t>(in)};
  command.at_position = position{take<std::int64_t>(in)};
  return command;
}

} // namespace

std::string snapshot_fingerprint(const detail::aggregate_type& type) {
  return "1 " + type.category + " " + type.state_shape;
}

std::string encode(const snapshot_content& content) {
  std::string body;
  body.reserve(header_bytes + content.commands.size() * command_bytes
               + content.state.size());
  body += format;
  body += content.whole ? '\1' : '\0';
  put(body, static_cast<std::uint32_t>(content.commands.size()));
  for (const auto& command : content.commands) {
    for (const auto byte : command.id.bytes)
      body += static_cast<char>(byte);
    put(body, command.at_version.value());
    put(body, command.at_position.value());
  }
  body += content.state;
  std::string bytes;
  put(bytes, checksum(body));
  return bytes + body;
}

expected<snapshot_content> decode_snapshot(std::string_view bytes) {
  const auto damaged = [](const char* what) {
    return failure(errc::corrupt, std::string{"snapshot: "} + what);
  };
  if (bytes.size() < header_bytes)
    return damaged("too short");
  const auto wanted = take<std::uint32_t>(bytes);
  if (checksum(bytes) != wanted && !is_planted(planted_bug::trusted_snapshot))
    return damaged("the checksum is wrong");
  if (take<char>(bytes) != format)
    return damaged("unknown format");
  snapshot_content content;
  content.whole = take<char>(bytes) == '\1';
  const auto count = take<std::uint32_t>(bytes);
  if (count > limits::command_window_max
      || bytes.size() < count * command_bytes)
    return damaged("too short for its commands");
  content.commands.reserve(count);
  for (std::uint32_t n = 0; n < count; ++n)
    content.commands.push_back(take_command(bytes));
  content.state = std::string{bytes};
  return content;
}

} // namespace cafes::actors
