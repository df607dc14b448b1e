// SPDX-License-Identifier: MIT
#include "store/postgres/connection.hpp"

#include "store/postgres/session_link.hpp"
#include "store/postgres/translate_error.hpp"

#include <pqxx/except>

#include <algorithm>
#include <utility>

namespace cafes::store::postgres {

namespace {

/// pg_terminate_backend waits since this version.
constexpr int server_version_min = 140'000;

} // namespace

connection::connection(conninfo where, std::vector<sql::embedded> statements)
  : where_{std::move(where)}, statements_{std::move(statements)} {
  statements_.push_back({"find_session", sql::find_session});
  statements_.push_back({"end_session", sql::end_session});
}

connection::~connection() = default;

expected<void> connection::open() {
  close();
  return attempt(*this, "connect", [&]() -> expected<void> {
    link_ = std::make_unique<session_link>(where_);
    if (link_->server_version() < server_version_min) {
      close();
      return failure(errc::unavailable,
                     "PostgreSQL is older than version 14: upgrade it");
    }
    begin_session();
    end_earlier_sessions();
    return {};
  });
}

void connection::close() noexcept {
  link_.reset();
}

bool connection::is_open() const {
  return link_ && link_->is_open();
}

bool connection::answers() {
  if (!is_open())
    return false;
  const std::unique_ptr<PGresult, decltype(&PQclear)> answer{
    PQexec(handle(), ""), &PQclear};
  return PQresultStatus(answer.get()) == PGRES_EMPTY_QUERY && is_open();
}

bool connection::is_earlier_session(std::string_view pid) const {
  return std::any_of(backends_.begin(), backends_.end(),
                     [&](const auto& one) { return one.pid == pid; });
}

std::string connection::last_words() const {
  return link_ && link_->handle() != nullptr ? PQerrorMessage(link_->handle())
                                             : "";
}

std::string connection::place() const {
  if (!is_open())
    return "PostgreSQL";
  return std::string{"host="} + PQhost(link_->handle()) + " port="
         + PQport(link_->handle()) + " dbname=" + PQdb(link_->handle());
}

void connection::prepare(const std::string& name, const std::string& text) {
  session().prepare(name, text);
}

pqxx::connection_base& connection::session() {
  if (!link_)
    throw pqxx::broken_connection{"the session is not open"};
  return *link_;
}

PGconn* connection::handle() {
  if (!is_open())
    throw pqxx::broken_connection{"the session is not open"};
  return link_->handle();
}

void connection::begin_session() {
  pqxx::nontransaction{*link_}.exec(std::string{sql::begin_session});
  for (const auto& [name, text] : statements_)
    link_->prepare(std::string{name}, std::string{text});
}

void connection::end_earlier_sessions() {
  std::erase_if(backends_, [&](const backend& earlier) {
    const auto ended = run("end_session", earlier.pid, earlier.start);
    return ended.empty() || ended[0][0].as<bool>();
  });
  const auto ours = run("find_session");
  backends_.push_back({ours.at(0).at(0).c_str(), ours.at(0).at(1).c_str()});
}

} // namespace cafes::store::postgres
