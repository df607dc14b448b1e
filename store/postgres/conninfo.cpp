// SPDX-License-Identifier: MIT
#include "store/postgres/conninfo.hpp"

#include <libpq-fe.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <string_view>

namespace cafes::store::postgres {

namespace {

/// A server that is gone without a word is noticed within 15 s, instead of
/// the hours that TCP takes by itself.
const std::map<std::string_view, const char*> defaults{
  {"connect_timeout", "5"},  {"fallback_application_name", "cafes"},
  {"keepalives_idle", "5"},  {"keepalives_interval", "3"},
  {"keepalives_count", "3"}, {"tcp_user_timeout", "15000"},
};

bool is_set(const PQconninfoOption& option) {
  return option.val != nullptr
         || (option.envvar != nullptr && std::getenv(option.envvar) != nullptr);
}

/// libpq's complaint if it names an option; others may quote a password.
std::string complaint(const char* said) {
  const std::string_view text = said == nullptr ? "" : said;
  if (text.starts_with("invalid connection option")
      || text.starts_with("invalid URI query parameter"))
    return std::string{text.substr(0, text.find('\n'))};
  return "it is neither a libpq conninfo nor a postgresql:// URI";
}

} // namespace

expected<conninfo> read_conninfo(const std::string& dsn) {
  char* said = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options{
    PQconninfoParse(dsn.c_str(), &said), &PQconninfoFree};
  const std::unique_ptr<char, decltype(&PQfreemem)> owned{said, &PQfreemem};
  if (!options)
    return failure(errc::invalid_argument,
                   "PostgreSQL's DSN: " + complaint(said));
  conninfo read;
  const auto add = [&](std::string keyword, std::string value) {
    read.keywords.push_back(std::move(keyword));
    read.values.push_back(std::move(value));
  };
  for (const auto* option = options.get(); option->keyword != nullptr;
       ++option) {
    const auto preset = defaults.find(option->keyword);
    if (std::string_view{option->keyword} == "client_encoding")
      add(option->keyword, "UTF8");
    else if (option->val != nullptr)
      add(option->keyword, option->val);
    else if (preset != defaults.end() && !is_set(*option))
      add(option->keyword, preset->second);
  }
  return read;
}

} // namespace cafes::store::postgres
