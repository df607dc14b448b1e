// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/cut_plan.hpp"
#include "tests/support/proxied_session.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace cafes::test {

/// Stands between a client and the PostgreSQL server and cuts connections as
/// `faults` says. Clients come by TCP, so that libpq's settings for it hold.
/// Runs in a thread of its own until it is destroyed.
class postgres_proxy {
public:
  /// `server` is a conninfo.
  explicit postgres_proxy(const std::string& server);
  ~postgres_proxy();
  postgres_proxy(const postgres_proxy&) = delete;
  postgres_proxy& operator=(const postgres_proxy&) = delete;

  /// The server's conninfo, by way of this proxy.
  [[nodiscard]] std::string conninfo() const;

  [[nodiscard]] cut_plan& faults() { return plan_; }

  /// Ends the sessions whose ends were not to notice a cut, as the server does
  /// at long last. Returns when they are ended.
  void end_silent_sessions();

  /// Clients that are connected, or were silenced.
  [[nodiscard]] std::size_t open_sessions();

private:
  void accept();
  void open(boost::asio::ip::tcp::socket client);

  std::string server_;
  boost::asio::generic::stream_protocol::endpoint upstream_;
  cut_plan plan_;
  boost::asio::io_context work_;
  boost::asio::ip::tcp::acceptor acceptor_;
  /// Those that were silenced must stay open.
  std::vector<std::shared_ptr<proxied_session>> sessions_;
  std::thread thread_;
};

} // namespace cafes::test
