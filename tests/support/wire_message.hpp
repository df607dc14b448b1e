// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

// PostgreSQL's protocol 3, as far as it takes to tell where a message ends.

namespace cafes::test {

enum class wire_direction { to_server, to_client };

/// A message that went by.
struct wire_message {
  /// What came before there were types.
  static constexpr char startup = '^';
  static constexpr char encryption_request = '?';
  static constexpr char encryption_answer = '.';

  wire_direction direction;
  /// The protocol's letter, or one of the above.
  char type;
  /// All of it, type and length included.
  std::size_t bytes;
};

std::ostream& operator<<(std::ostream& out, wire_direction shown);
std::ostream& operator<<(std::ostream& out, const wire_message& shown);

/// "3 to the server (PSB), 2 to the client (1Z)"
[[nodiscard]] std::string summary_of(const std::vector<wire_message>& seen);

/// Cuts the bytes of one direction of a session into messages.
class wire_splitter {
public:
  explicit wire_splitter(wire_direction direction);

  struct piece {
    wire_message message;
    std::string bytes;
  };

  void add(std::string_view bytes) { pending_ += bytes; }

  /// The next message, once it is there whole. Throws for what cannot be one.
  [[nodiscard]] std::optional<piece> next();

  /// The server's next message is one byte long.
  void expect_encryption_answer() { answers_encryption_ = true; }

private:
  [[nodiscard]] std::optional<wire_message> front() const;

  wire_direction direction_;
  std::string pending_;
  bool started_;
  bool answers_encryption_ = false;
};

} // namespace cafes::test
