// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace cafes::test {

/// A PostgreSQL server of the test's own, which may be killed. Gone with this
/// object. Throws where scripts/postgres_cluster.sh fails.
class postgres_cluster {
public:
  postgres_cluster();
  ~postgres_cluster();
  postgres_cluster(const postgres_cluster&) = delete;
  postgres_cluster& operator=(const postgres_cluster&) = delete;

  /// A new, empty database's conninfo.
  [[nodiscard]] std::string new_database(const std::string& name) const;

  /// SIGKILL to all processes of the server.
  void kill() const;

  /// Starts it again on what the disk has; returns when it answers.
  void restart() const;

private:
  std::string folder_;
  std::string conninfo_;
};

} // namespace cafes::test
