// SPDX-License-Identifier: MIT
#include "tests/support/scratch_schema.hpp"

#include <cafes/uuid.hpp>

#include <pqxx/connection>
#include <pqxx/nontransaction>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>

namespace cafes::test {

namespace {

std::string server() {
  const char* given = std::getenv("CAFES_TEST_POSTGRES");
  if (given == nullptr || *given == '\0')
    throw std::runtime_error{
      "CAFES_TEST_POSTGRES is not set: give it the conninfo of a PostgreSQL "
      "server for tests, or run ./dev test"};
  return given;
}

void run(const std::string& statement) {
  pqxx::connection session{server()};
  pqxx::nontransaction{session}.exec("SET synchronous_commit = off; "
                                     + statement);
}

std::string new_name() {
  auto name = "cafes_test_" + to_string(random_uuid());
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

} // namespace

scratch_schema::scratch_schema() : name_{new_name()} {
  run("CREATE SCHEMA " + name_);
}

scratch_schema::~scratch_schema() {
  try {
    run("SET client_min_messages = warning; DROP SCHEMA " + name_ + " CASCADE");
  } catch (const std::exception& failed) {
    std::cerr << "schema " << name_ << " is left over: " << failed.what();
  }
}

std::string scratch_schema::conninfo() const {
  return server() + " application_name=" + name_
         + " options='-c search_path=" + name_ + "'";
}

} // namespace cafes::test
