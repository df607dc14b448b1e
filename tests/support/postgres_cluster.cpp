// SPDX-License-Identifier: MIT
#include "tests/support/postgres_cluster.hpp"

#include "tests/support/child_process.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>

#include <filesystem>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <stdlib.h>

namespace cafes::test {

namespace {

/// A short path, since it holds a unix socket.
std::string new_folder() {
  std::string path = "/tmp/cafes-pg.XXXXXX";
  if (::mkdtemp(path.data()) == nullptr)
    throw std::runtime_error{"no folder for a PostgreSQL server in /tmp"};
  return path;
}

std::string ask(const std::string& verb, const std::string& folder) {
  const auto ended = run({CAFES_POSTGRES_CLUSTER, verb, folder});
  if (ended.code != 0) {
    std::ostringstream words;
    words << "postgres_cluster.sh " << verb << ": " << ended;
    throw std::runtime_error{words.str()};
  }
  return ended.out.substr(0, ended.out.find('\n'));
}

} // namespace

postgres_cluster::postgres_cluster()
  : folder_{new_folder()}, conninfo_{ask("start", folder_)} {}

postgres_cluster::~postgres_cluster() {
  try {
    ask("stop", folder_);
    std::filesystem::remove_all(folder_);
  } catch (const std::exception& failed) {
    std::cerr << failed.what() << '\n';
  }
}

std::string postgres_cluster::new_database(const std::string& name) const {
  pqxx::connection session{conninfo_};
  pqxx::nontransaction{session}.exec("CREATE DATABASE " + name);
  return conninfo_ + " dbname=" + name;
}

void postgres_cluster::kill() const {
  ask("kill", folder_);
}

void postgres_cluster::restart() const {
  ask("restart", folder_);
}

} // namespace cafes::test
