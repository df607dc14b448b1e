// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace cafes::test {

/// An empty PostgreSQL schema of its own in the database whose conninfo is in
/// CAFES_TEST_POSTGRES, dropped at the end. Throws when the variable is not
/// set or the server does not answer.
class scratch_schema {
public:
  scratch_schema();
  ~scratch_schema();
  scratch_schema(const scratch_schema&) = delete;
  scratch_schema& operator=(const scratch_schema&) = delete;

  /// A conninfo whose sessions live in the schema, and are called like it.
  [[nodiscard]] std::string conninfo() const;

private:
  std::string name_;
};

} // namespace cafes::test
