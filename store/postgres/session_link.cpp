// SPDX-License-Identifier: MIT
#include "store/postgres/session_link.hpp"

#include <pqxx/except>

#include <new>
#include <string>
#include <vector>

namespace cafes::store::postgres {

session_link::session_link(const conninfo& where)
  : pqxx::connection_base{policy_}, policy_{where} {
  init();
// libpqxx deprecates the reactivation together with the means against it.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  inhibit_reactivation(true);
#pragma GCC diagnostic pop
}

session_link::~session_link() {
  close();
}

session_link::policy::handle
session_link::policy::do_startconnect(handle before) {
  if (before != nullptr)
    return before;
  std::vector<const char*> keywords;
  std::vector<const char*> values;
  for (const auto& keyword : where.keywords)
    keywords.push_back(keyword.c_str());
  for (const auto& value : where.values)
    values.push_back(value.c_str());
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  auto* opened = PQconnectdbParams(keywords.data(), values.data(), 0);
  if (opened == nullptr)
    throw std::bad_alloc{};
  if (PQstatus(opened) != CONNECTION_OK) {
    const std::string why = PQerrorMessage(opened);
    PQfinish(opened);
    throw pqxx::broken_connection{why};
  }
  made = opened;
  return opened;
}

session_link::policy::handle
session_link::policy::do_disconnect(handle before) noexcept {
  made = nullptr;
  return pqxx::connectionpolicy::do_disconnect(before);
}

} // namespace cafes::store::postgres
