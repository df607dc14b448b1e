// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace cafes::store::sqlite {

/// What one session of the process at a time may work on: the log, each view.
/// Other processes are kept away by the file's lock.
/// Thread: any.
class claims {
public:
  /// Released at the end of its life. Must not outlive the claims.
  class claim {
  public:
    claim(claim&& other) noexcept
      : from_{std::exchange(other.from_, nullptr)},
        what_{std::move(other.what_)} {}
    claim& operator=(claim&&) = delete;
    ~claim();

  private:
    friend class claims;
    claim(claims& from, std::string what)
      : from_{&from}, what_{std::move(what)} {}

    claims* from_;
    std::string what_;
  };

  /// Waits up to `wait` until nobody else has it; nullopt if that was too
  /// short.
  [[nodiscard]] std::optional<claim> acquire(const std::string& what,
                                             const std::string& holder,
                                             std::chrono::milliseconds wait);

  /// Who has it, or had it last; empty before the first.
  [[nodiscard]] std::string holder_of(const std::string& what);

private:
  struct entry {
    bool held = false;
    std::string holder;
  };

  void release(const std::string& what);

  std::mutex mutex_;
  std::condition_variable released_;
  std::map<std::string, entry> entries_;
};

} // namespace cafes::store::sqlite
