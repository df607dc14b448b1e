// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/cut_plan.hpp"
#include "tests/support/wire_message.hpp"

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace cafes::test {

/// A client's session through the proxy: hands on whole messages in both
/// directions until one of the ends closes, or a cut is due.
/// Thread: the proxy's.
class proxied_session : public std::enable_shared_from_this<proxied_session> {
public:
  using client_socket = boost::asio::ip::tcp::socket;
  using server_socket = boost::asio::generic::stream_protocol::socket;

  proxied_session(client_socket client, server_socket server, cut_plan& plan);

  void start();

  [[nodiscard]] bool is_open() const { return client_.is_open(); }

  /// Its ends must not notice that it is over: it has to stay open.
  [[nodiscard]] bool stays_open() const { return stays_open_; }

  /// Until now.
  void end_silence();

private:
  /// One direction: reads from one end, writes to the other.
  struct flow {
    explicit flow(wire_direction direction) : messages{direction} {}

    wire_splitter messages;
    std::array<char, 16 * 1024> read{};
    std::string written;
  };

  template <class From, class To>
  void read(flow& through, From& from, To& to);
  template <class From, class To>
  void write(flow& through, From& from, To& to);
  std::optional<cut_point> take_messages(flow& through);
  void cut(cut_manner manner);
  void close();
  void await_end();

  client_socket client_;
  server_socket server_;
  cut_plan& plan_;
  flow to_server_{wire_direction::to_server};
  flow to_client_{wire_direction::to_client};
  /// Nothing goes through any more.
  bool cut_ = false;
  bool stays_open_ = false;
};

} // namespace cafes::test
