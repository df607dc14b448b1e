// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/eventually.hpp"
#include "tests/support/tally.hpp"

#include <cafes/reactor.hpp>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::test {

/// What a diary's reactors have written, and what is wrong with it. Outlives
/// the runtimes that write it. Thread: any.
class diary_pages {
public:
  struct entry {
    std::string key;
    std::int64_t at = 0;
    std::string idempotency_key;
    int attempt = 0;
  };

  void write(entry written) {
    const std::lock_guard lock{mutex_};
    entries_.push_back(std::move(written));
    changed_.notify_all();
  }

  [[nodiscard]] std::vector<entry> entries() const {
    const std::lock_guard lock{mutex_};
    return entries_;
  }

  /// The positions written, of one key or of all, in order of writing.
  [[nodiscard]] std::vector<std::int64_t>
  positions(const std::string& key = "") const {
    std::vector<std::int64_t> found;
    for (const auto& each : entries())
      if (key.empty() || each.key == key)
        found.push_back(each.at);
    return found;
  }

  /// From here on every note is harmless, and who waits goes on.
  void mend() {
    const std::lock_guard lock{mutex_};
    is_mended_ = true;
    changed_.notify_all();
  }

  [[nodiscard]] bool is_mended() const {
    const std::lock_guard lock{mutex_};
    return is_mended_;
  }

  void wait_until_mended() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return is_mended_; });
  }

  /// Reactions under way now, and the most that were so at the same time.
  std::atomic<int> busy{0};
  std::atomic<int> busy_max{0};
  /// How often a reaction was tried.
  std::atomic<int> attempts{0};

private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<entry> entries_;
  bool is_mended_ = false;
};

/// A reactor that writes down each event of a tally, and does what its note
/// says until it is mended.
struct diary {
  static constexpr std::string_view name = "diary";
  using events = one_of<added>;

  /// `key` throws for the note "no key".
  static inline std::atomic<bool> has_no_keys{false};

  static std::optional<std::string> key(const event_context& where,
                                        const added& happened) {
    if (happened.note == "no key" && has_no_keys)
      throw std::runtime_error{"whose is it?"};
    if (happened.note == "left out")
      return std::nullopt;
    return where.stream.key;
  }

  expected<void> react(const reaction& about, const added& happened) {
    ++pages->attempts;
    const busy_here busy{*pages};
    if (happened.note == "wait")
      pages->wait_until_mended();
    if (!pages->is_mended()) {
      if (happened.note == "throw")
        throw std::runtime_error{"no ink"};
      if (happened.note == "throw 42")
        throw 42;
      if (happened.note == "fail"
          || (happened.note == "fail twice" && about.attempt <= 2))
        return failure(errc::unavailable, "no paper");
    }
    pages->write({about.where.stream.key, about.where.at.value(),
                  std::string{about.idempotency_key}, about.attempt});
    return {};
  }

  /// Never empty. Kept by threads that are lost.
  std::shared_ptr<diary_pages> pages = std::make_shared<diary_pages>();

private:
  struct busy_here {
    explicit busy_here(diary_pages& pages) : busy{pages.busy} {
      const int now = ++busy;
      auto most = pages.busy_max.load();
      while (most < now && !pages.busy_max.compare_exchange_weak(most, now)) {
      }
    }
    ~busy_here() { --busy; }
    std::atomic<int>& busy;
  };
};

} // namespace cafes::test
