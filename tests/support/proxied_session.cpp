// SPDX-License-Identifier: MIT
#include "tests/support/proxied_session.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <linux/filter.h>
#include <sys/socket.h>

#include <stdexcept>
#include <utility>

namespace cafes::test {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// Has the kernel drop what comes in, as if the cable were cut: nothing is
/// confirmed, neither data nor keepalive probes.
void make_deaf(int socket) {
  sock_filter drop_all{BPF_RET | BPF_K, 0, 0, 0};
  const sock_fprog program{1, &drop_all};
  if (::setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program,
                   sizeof program)
      != 0)
    throw std::runtime_error{"this system has no socket filters"};
}

} // namespace

proxied_session::proxied_session(client_socket client, server_socket server,
                                 cut_plan& plan)
  : client_{std::move(client)}, server_{std::move(server)}, plan_{plan} {}

void proxied_session::start() {
  read(to_server_, client_, server_);
  read(to_client_, server_, client_);
}

template <class From, class To>
void proxied_session::read(flow& through, From& from, To& to) {
  from.async_read_some(asio::buffer(through.read),
                       [this, self = shared_from_this(), &through, &from,
                        &to](error_code failed, std::size_t bytes) {
                         if (cut_)
                           return;
                         if (failed)
                           return close();
                         through.messages.add({through.read.data(), bytes});
                         write(through, from, to);
                       });
}

/// A cut in the midst of a write would let through another part than planned:
/// from its decision on, the other direction stands still.
template <class From, class To>
void proxied_session::write(flow& through, From& from, To& to) {
  through.written.clear();
  const auto due = take_messages(through);
  cut_ = due.has_value();
  asio::async_write(to, asio::buffer(through.written),
                    [this, self = shared_from_this(), due, &through, &from,
                     &to](error_code failed, std::size_t) {
                      if (due)
                        return cut(due->manner);
                      if (cut_)
                        return;
                      if (failed)
                        return close();
                      read(through, from, to);
                    });
}

std::optional<cut_point> proxied_session::take_messages(flow& through) {
  while (const auto piece = through.messages.next()) {
    if (piece->message.type == wire_message::encryption_request)
      to_client_.messages.expect_encryption_answer();
    const auto due = plan_.pass(piece->message);
    if (!due) {
      through.written += piece->bytes;
      continue;
    }
    if (due->moment == cut_moment::within)
      through.written += piece->bytes.substr(0, piece->bytes.size() / 2);
    else if (due->moment == cut_moment::after)
      through.written += piece->bytes;
    return due;
  }
  return std::nullopt;
}

void proxied_session::cut(cut_manner manner) {
  error_code ignored;
  switch (manner) {
    case cut_manner::reset:
      server_.close(ignored);
      [[fallthrough]];
    case cut_manner::abandon:
      client_.set_option(asio::socket_base::linger{true, 0}, ignored);
      client_.close(ignored);
      break;
    case cut_manner::finish:
      server_.close(ignored);
      client_.cancel(ignored);
      client_.shutdown(asio::socket_base::shutdown_send, ignored);
      await_end();
      break;
    case cut_manner::silence:
      make_deaf(client_.native_handle());
      break;
    case cut_manner::freeze:
      break;
  }
  switch (manner) {
    case cut_manner::reset:
    case cut_manner::finish:
      break;
    case cut_manner::abandon:
    case cut_manner::silence:
    case cut_manner::freeze:
      stays_open_ = true;
  }
}

void proxied_session::end_silence() {
  if (std::exchange(stays_open_, false))
    close();
}

/// Closing while there is something to read would be a reset.
void proxied_session::await_end() {
  client_.async_read_some(asio::buffer(to_server_.read),
                          [this, self = shared_from_this()](error_code failed,
                                                            std::size_t) {
                            if (failed)
                              return close();
                            await_end();
                          });
}

void proxied_session::close() {
  error_code ignored;
  client_.close(ignored);
  server_.close(ignored);
}

} // namespace cafes::test
