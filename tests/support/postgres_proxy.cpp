// SPDX-License-Identifier: MIT
#include "tests/support/postgres_proxy.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>

#include <libpq-fe.h>

#include <algorithm>
#include <future>
#include <string_view>
#include <utility>

namespace cafes::test {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// Where libpq would connect to.
asio::generic::stream_protocol::endpoint
endpoint_of(const std::string& conninfo) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options{
    PQconninfoParse(conninfo.c_str(), nullptr), &PQconninfoFree};
  std::string host = "/var/run/postgresql";
  std::string port = "5432";
  for (const auto* option = options.get();
       option != nullptr && option->keyword != nullptr; ++option) {
    const std::string_view keyword{option->keyword};
    if (option->val != nullptr && keyword == "host")
      host = option->val;
    else if (option->val != nullptr && keyword == "port")
      port = option->val;
  }
  if (host.starts_with('/'))
    return asio::local::stream_protocol::endpoint{host + "/.s.PGSQL." + port};
  asio::io_context once;
  return tcp::resolver{once}.resolve(host, port).begin()->endpoint();
}

} // namespace

postgres_proxy::postgres_proxy(const std::string& server)
  : server_{server},
    upstream_{endpoint_of(server)},
    acceptor_{work_, tcp::endpoint{asio::ip::address_v4::loopback(), 0}} {
  accept();
  thread_ = std::thread{[this] { work_.run(); }};
}

postgres_proxy::~postgres_proxy() {
  work_.stop();
  thread_.join();
}

std::string postgres_proxy::conninfo() const {
  return server_ + " host=127.0.0.1 port="
         + std::to_string(acceptor_.local_endpoint().port());
}

void postgres_proxy::end_silent_sessions() {
  std::promise<void> ended;
  asio::post(work_, [&] {
    for (const auto& session : sessions_)
      session->end_silence();
    ended.set_value();
  });
  ended.get_future().wait();
}

std::size_t postgres_proxy::open_sessions() {
  std::promise<std::ptrdiff_t> counted;
  asio::post(work_, [&] {
    counted.set_value(
      std::count_if(sessions_.begin(), sessions_.end(),
                    [](const auto& session) { return session->is_open(); }));
  });
  return static_cast<std::size_t>(counted.get_future().get());
}

void postgres_proxy::accept() {
  acceptor_.async_accept([this](error_code failed, tcp::socket client) {
    if (failed)
      return;
    open(std::move(client));
    accept();
  });
}

void postgres_proxy::open(tcp::socket client) {
  error_code failed;
  asio::generic::stream_protocol::socket server{work_};
  server.connect(upstream_, failed);
  if (failed || plan_.refuses_next()) {
    client.set_option(asio::socket_base::linger{true, 0}, failed);
    return;
  }
  client.set_option(tcp::no_delay{true}, failed);
  std::erase_if(sessions_, [](const auto& one) {
    return one.use_count() == 1 && !one->stays_open();
  });
  sessions_.push_back(std::make_shared<proxied_session>(
    std::move(client), std::move(server), plan_));
  sessions_.back()->start();
}

} // namespace cafes::test
