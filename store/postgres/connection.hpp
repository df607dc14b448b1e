// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/conninfo.hpp"
#include "store/postgres/sql.hpp"

#include <cafes/expected.hpp>

#include <pqxx/connection_base>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::store::postgres {

class session_link;

/// A session with the server that is opened again only when told so: what a
/// session holds (locks, prepared statements, settings) must never be lost
/// unnoticed.
/// Thread: one at a time; every function blocks.
class connection {
public:
  /// The statements are prepared at their first use, by name.
  connection(conninfo where, std::vector<sql::embedded> statements);
  ~connection();
  connection(const connection&) = delete;
  connection& operator=(const connection&) = delete;

  /// Connects afresh. What is left of this object's session before is ended,
  /// on the server too, so that its locks are free.
  /// Errors: unavailable.
  [[nodiscard]] expected<void> open();
  void close() noexcept;

  [[nodiscard]] bool is_open() const;

  /// Whether the server still answers on this session.
  [[nodiscard]] bool answers();

  /// Whether this process of the server is an earlier session of this object,
  /// which `open` has told to end and which has not done so yet.
  [[nodiscard]] bool is_earlier_session(std::string_view pid) const;

  /// libpq's latest complaint on this session; empty without one.
  [[nodiscard]] std::string last_words() const;

  /// "host=/run/postgresql port=5432 dbname=bank", without secrets.
  [[nodiscard]] std::string place() const;

  /// Adds a statement to an open session.
  void prepare(const std::string& name, const std::string& text);

  /// Runs a prepared statement as a transaction of its own.
  /// Throws what libpqxx throws: see translate_error.hpp.
  template <class... Binds>
  pqxx::result run(const std::string& statement, const Binds&... binds) {
    pqxx::nontransaction once{session()};
    return once.exec_prepared(statement, binds...);
  }

  /// Runs a statement made for this once, as a transaction of its own.
  pqxx::result run_made(const std::string& text,
                        const std::vector<std::string>& binds) {
    pqxx::nontransaction once{session()};
    return once.exec_params(text, pqxx::prepare::make_dynamic_params(binds));
  }

  // -- for libpqxx and libpq -------------------------------------------------

  [[nodiscard]] pqxx::connection_base& session();
  [[nodiscard]] PGconn* handle();

private:
  void begin_session();
  void end_earlier_sessions();

  conninfo where_;
  std::vector<sql::embedded> statements_;
  std::unique_ptr<session_link> link_;

  /// A session as the server sees it: its process, and when it began.
  struct backend {
    std::string pid;
    std::string start;
  };

  /// This session, last, and those before it that may live on.
  std::vector<backend> backends_;
};

} // namespace cafes::store::postgres
