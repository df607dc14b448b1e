// SPDX-License-Identifier: MIT
#include "store/postgres/translate_error.hpp"

#include <pqxx/except>

#include <exception>
#include <string>
#include <utility>

namespace cafes::store::postgres {

namespace {

/// What the server, or libpqxx, said.
struct complaint {
  /// Empty when it was not the server that spoke.
  std::string sqlstate;
  std::string message;
};

/// libpqxx drops the SQLSTATE of some classes and gives them types instead.
complaint in_flight() {
  try {
    throw;
  } catch (const pqxx::statement_completion_unknown& failed) {
    return {"", failed.what()};
  } catch (const pqxx::transaction_rollback& failed) {
    return {"40000", failed.what()};
  } catch (const pqxx::insufficient_privilege& failed) {
    return {"42501", failed.what()};
  } catch (const pqxx::sql_error& failed) {
    return {failed.sqlstate(), failed.what()};
  } catch (const std::exception& failed) {
    return {"", failed.what()};
  }
}

bool is_class(const complaint& heard, std::string_view prefix) {
  return heard.sqlstate.starts_with(prefix);
}

/// The session is over, or of no use for us: it has been shut down, or the
/// server became a standby.
bool ends_session(const complaint& heard) {
  return is_class(heard, "08") || is_class(heard, "57P")
         || heard.sqlstate == "25006" || heard.sqlstate == "25P03";
}

/// A cut network often looks like a failed statement, so the session is asked.
bool is_lost(connection& on, const complaint& heard) {
  return ends_session(heard) || !on.answers();
}

errc code_of(const complaint& heard) {
  if (is_class(heard, "22") || is_class(heard, "23"))
    return errc::invalid_argument;
  if (is_class(heard, "54"))
    return errc::limit_exceeded;
  if (is_class(heard, "42P01") || is_class(heard, "42703")
      || is_class(heard, "42883"))
    return errc::incompatible_schema;
  return errc::unavailable;
}

/// The first line without "ERROR:"; what follows may quote stored data.
std::string first_line(std::string_view message) {
  auto line = message.substr(0, message.find('\n'));
  if (line.starts_with("ERROR:") || line.starts_with("FATAL:"))
    line.remove_prefix(line.find_first_not_of(' ', 6));
  return std::string{line};
}

/// libpqxx does not pass on why a session ended; libpq does.
complaint of_lost(connection& on, complaint heard) {
  const auto words = on.last_words();
  if (heard.sqlstate.empty() && !words.empty())
    heard.message = words;
  return heard;
}

std::string sentence(const complaint& heard, std::string_view doing) {
  auto said = "PostgreSQL: " + std::string{doing} + ": "
              + first_line(heard.message);
  if (!heard.sqlstate.empty())
    said += " (" + heard.sqlstate + ")";
  if (code_of(heard) == errc::incompatible_schema)
    said += "; has the schema been migrated, and is it first in search_path?";
  return said;
}

bool violates(const complaint& heard, std::string_view constraint) {
  return heard.sqlstate == "23505"
         && first_line(heard.message).find(constraint) != std::string::npos;
}

} // namespace

error translate_error(connection& on, std::string_view doing) {
  const auto heard = in_flight();
  if (!is_lost(on, heard))
    return {code_of(heard), sentence(heard, doing)};
  auto why = sentence(of_lost(on, heard), doing);
  on.close();
  return {errc::unavailable, std::move(why)};
}

write_result translate_write(connection& on) {
  const auto heard = in_flight();
  if (heard.sqlstate.empty() || is_lost(on, heard)) {
    auto why = sentence(of_lost(on, heard), "write");
    on.close();
    return written::lost{{errc::unavailable, std::move(why)}};
  }
  if (violates(heard, "events_pkey"))
    return written::position_taken{};
  if (violates(heard, "events_version") || violates(heard, "streams_pkey")
      || violates(heard, "streams_name"))
    return written::stream_conflict{};
  return written::refused{{code_of(heard), sentence(heard, "write")}};
}

void rethrow_unless_lock_timeout() {
  if (in_flight().sqlstate != "55P03")
    throw;
}

} // namespace cafes::store::postgres
