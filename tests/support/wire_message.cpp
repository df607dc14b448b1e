// SPDX-License-Identifier: MIT
#include "tests/support/wire_message.hpp"

#include <cstdint>
#include <stdexcept>

namespace cafes::test {

namespace {

constexpr std::size_t length_bytes = 4;
constexpr std::size_t code_bytes = 4;

constexpr std::uint32_t ssl_request = 80'877'103;
constexpr std::uint32_t gss_request = 80'877'104;

/// Far above any batch; a length beyond it means that we lost the thread.
constexpr std::size_t message_bytes_max = 64U * 1024 * 1024;

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (const char byte : bytes.substr(at, 4))
    number = (number << 8U) | static_cast<unsigned char>(byte);
  return number;
}

} // namespace

std::ostream& operator<<(std::ostream& out, wire_direction shown) {
  return out << (shown == wire_direction::to_server ? "to the server"
                                                    : "to the client");
}

std::ostream& operator<<(std::ostream& out, const wire_message& shown) {
  return out << "'" << shown.type << "' " << shown.direction << ", "
             << shown.bytes << " bytes";
}

std::string summary_of(const std::vector<wire_message>& seen) {
  std::string to_server;
  std::string to_client;
  for (const auto& message : seen)
    (message.direction == wire_direction::to_server ? to_server : to_client)
      += message.type;
  return std::to_string(to_server.size()) + " to the server (" + to_server
         + "), " + std::to_string(to_client.size()) + " to the client ("
         + to_client + ")";
}

wire_splitter::wire_splitter(wire_direction direction)
  : direction_{direction}, started_{direction == wire_direction::to_client} {}

std::optional<wire_splitter::piece> wire_splitter::next() {
  const auto message = front();
  if (!message || pending_.size() < message->bytes)
    return std::nullopt;
  piece cut{*message, pending_.substr(0, message->bytes)};
  pending_.erase(0, message->bytes);
  answers_encryption_ = false;
  if (message->type == wire_message::startup)
    started_ = true;
  return cut;
}

std::optional<wire_message> wire_splitter::front() const {
  if (answers_encryption_)
    return wire_message{direction_, wire_message::encryption_answer, 1};
  // The first packets of a client have a code where others have a type.
  const std::size_t type_bytes = started_ ? 1 : 0;
  const auto head_bytes = started_ ? type_bytes + length_bytes
                                   : length_bytes + code_bytes;
  if (pending_.size() < head_bytes)
    return std::nullopt;
  const auto bytes = type_bytes + number_at(pending_, type_bytes);
  if (bytes < type_bytes + length_bytes || bytes > message_bytes_max)
    throw std::runtime_error{"not PostgreSQL's protocol: a message of "
                             + std::to_string(bytes) + " bytes"};
  if (started_)
    return wire_message{direction_, pending_[0], bytes};
  const auto code = number_at(pending_, length_bytes);
  const auto asks_encryption = code == ssl_request || code == gss_request;
  return wire_message{direction_,
                      asks_encryption ? wire_message::encryption_request
                                      : wire_message::startup,
                      bytes};
}

} // namespace cafes::test
