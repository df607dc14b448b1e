// SPDX-License-Identifier: MIT
#include "store/postgres/advisory_lock.hpp"

#include "store/postgres/translate_error.hpp"

namespace cafes::store::postgres {

std::vector<sql::embedded> lock_statements() {
  return {{"lock", sql::lock},
          {"try_lock", sql::try_lock},
          {"unlock", sql::unlock},
          {"set_lock_timeout", sql::set_lock_timeout},
          {"find_lock_holder", sql::find_lock_holder}};
}

bool lock(connection& on, const std::string& key,
          std::chrono::milliseconds wait) {
  if (on.run("try_lock", key).at(0).at(0).as<bool>())
    return true;
  // A lock_timeout of 0 would wait for ever.
  if (wait <= std::chrono::milliseconds::zero())
    return false;
  bool taken = true;
  on.run("set_lock_timeout", std::to_string(wait.count()));
  try {
    on.run("lock", key);
  } catch (...) {
    rethrow_unless_lock_timeout();
    taken = false;
  }
  on.run("set_lock_timeout", "0");
  return taken;
}

void unlock(connection& on, const std::string& key) noexcept {
  if (!on.is_open())
    return;
  const auto given_up = attempt(on, "unlock", [&]() -> expected<void> {
    on.run("unlock", key);
    return {};
  });
  // Otherwise the lock ends with the session.
  if (!given_up)
    on.close();
}

std::string holder_of_lock(connection& on, const std::string& key) {
  const auto holder = on.run("find_lock_holder", key);
  return holder.empty() ? "" : holder.at(0).at(0).c_str();
}

} // namespace cafes::store::postgres
