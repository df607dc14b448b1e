// SPDX-License-Identifier: MIT
#include "tests/soak/end_sessions.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

namespace cafes::soak {

namespace {

/// The session that writes the log: it holds the lock that only it takes with
/// the key of log 0.
constexpr const char* log_owner = R"(
SELECT pg_terminate_backend(pid) FROM pg_locks
WHERE locktype = 'advisory' AND granted
  AND database = (SELECT oid FROM pg_database
                  WHERE datname = current_database())
  AND (classid::bigint << 32 | objid::bigint)
    = hashtextextended('cafes/log/' || 'logs'::regclass::oid, 0))";

constexpr const char* view_builders = R"(
SELECT pg_terminate_backend(pid) FROM pg_locks, checkpoints
WHERE locktype = 'advisory' AND granted
  AND database = (SELECT oid FROM pg_database
                  WHERE datname = current_database())
  AND (classid::bigint << 32 | objid::bigint)
    = hashtextextended('cafes/view/' || 'checkpoints'::regclass::oid || '/'
        || name, version))";

constexpr const char* any_session = R"(
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend' AND application_name <> 'soak'
ORDER BY random() LIMIT 1)";

std::int64_t ask_to_end(const std::string& dsn, const char* statement) {
  pqxx::connection session{dsn + " application_name=soak"};
  const auto ended = pqxx::nontransaction{session}.exec(statement);
  return static_cast<std::int64_t>(ended.size());
}

} // namespace

std::int64_t end_log_owner(const std::string& dsn) {
  return ask_to_end(dsn, log_owner);
}

std::int64_t end_view_builders(const std::string& dsn) {
  return ask_to_end(dsn, view_builders);
}

std::int64_t end_any_session(const std::string& dsn) {
  return ask_to_end(dsn, any_session);
}

} // namespace cafes::soak
