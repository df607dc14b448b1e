// SPDX-License-Identifier: MIT
#include "store/sqlite/claims.hpp"

namespace cafes::store::sqlite {

claims::claim::~claim() {
  if (from_)
    from_->release(what_);
}

std::optional<claims::claim> claims::acquire(const std::string& what,
                                             const std::string& holder,
                                             std::chrono::milliseconds wait) {
  std::unique_lock lock{mutex_};
  auto& wanted = entries_[what];
  if (!released_.wait_for(lock, wait, [&] { return !wanted.held; }))
    return std::nullopt;
  wanted = {true, holder};
  return claim{*this, what};
}

std::string claims::holder_of(const std::string& what) {
  const std::lock_guard lock{mutex_};
  return entries_[what].holder;
}

void claims::release(const std::string& what) {
  const std::lock_guard lock{mutex_};
  entries_[what].held = false;
  released_.notify_all();
}

} // namespace cafes::store::sqlite
