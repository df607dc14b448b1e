// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/conninfo.hpp"

#include <pqxx/connection_base>
#include <pqxx/connectionpolicy.hxx>

#include <libpq-fe.h>

namespace cafes::store::postgres {

/// A libpqxx connection made from keywords, which never reconnects by itself
/// and shows libpq's handle, for COPY.
class session_link : public pqxx::connection_base {
public:
  /// Connects. Throws pqxx::broken_connection.
  explicit session_link(const conninfo& where);
  ~session_link();
  session_link(const session_link&) = delete;
  session_link& operator=(const session_link&) = delete;

  [[nodiscard]] PGconn* handle() const { return policy_.made; }

private:
  struct policy : pqxx::connectionpolicy {
    explicit policy(const conninfo& target)
      : pqxx::connectionpolicy{""}, where{target} {}

    handle do_startconnect(handle before) override;
    handle do_disconnect(handle before) noexcept override;

    const conninfo& where;
    PGconn* made = nullptr;
  };

  policy policy_;
};

} // namespace cafes::store::postgres
