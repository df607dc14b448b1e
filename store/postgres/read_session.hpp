// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/connection.hpp"
#include "store/postgres/schema.hpp"
#include "store/postgres/translate_error.hpp"

#include <functional>
#include <string_view>
#include <utility>

namespace cafes::store::postgres {

/// A session that holds nothing and may therefore be opened again at any time.
/// It reads, or writes what may be written twice.
class read_session {
public:
  /// `opened` is called on each new session, after its schema was checked.
  read_session(
    conninfo where, std::vector<sql::embedded> statements,
    std::function<void()> opened = [] {});

  /// Opens the session if it is not. Errors: unavailable,
  /// incompatible_schema.
  [[nodiscard]] expected<void> open();

  [[nodiscard]] connection& on() { return connection_; }

  /// Runs a read that may throw what libpqxx throws; once more on a new
  /// session if the old one turns out to be lost.
  /// Errors: those of the read, and of open.
  template <class Read>
  [[nodiscard]] std::invoke_result_t<Read>
  read(std::string_view doing, Read work) {
    const bool may_be_stale = connection_.is_open();
    auto answer = read_once(doing, work);
    if (!answer && may_be_stale && !connection_.is_open())
      answer = read_once(doing, work);
    return answer;
  }

private:
  template <class Read>
  std::invoke_result_t<Read> read_once(std::string_view doing, Read& work) {
    if (auto opened = open(); !opened)
      return failure_of(opened);
    return attempt(connection_, doing, std::ref(work));
  }

  connection connection_;
  std::function<void()> opened_;
};

} // namespace cafes::store::postgres
