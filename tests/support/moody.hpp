// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/tally.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::test {

/// A projection that does what the note of an event says, until it is mended.
struct moody {
  static constexpr std::string_view name = "moody";
  static constexpr int version = 1;
  using events = one_of<added>;

  struct document {
    std::int64_t sum = 0;
    std::vector<std::int64_t> seen;
    std::string text;
    CAFES_FIELDS(sum, seen, text)
  };

  /// What is wrong with it.
  class moods {
  public:
    /// From here on every note is harmless, and who hangs comes back.
    void mend() {
      const std::lock_guard lock{mutex_};
      is_mended_ = true;
      mended_.notify_all();
    }

    void spoil() {
      const std::lock_guard lock{mutex_};
      is_mended_ = false;
    }

    [[nodiscard]] bool is_mended() {
      const std::lock_guard lock{mutex_};
      return is_mended_;
    }

    void hang() {
      std::unique_lock lock{mutex_};
      mended_.wait(lock, [this] { return is_mended_; });
    }

    /// How often a handler has thrown by turns.
    std::atomic<std::int64_t> turns{0};

  private:
    std::mutex mutex_;
    std::condition_variable mended_;
    bool is_mended_ = false;
  };

  /// Never destroyed: threads that hang may look at it at the very end.
  static moods& mood() {
    static auto* all = new moods;
    return *all;
  }

  static std::string key(const event_context& where, const added& happened) {
    if (happened.note == "no key" && !mood().is_mended())
      throw std::runtime_error{"whose is it?"};
    return where.stream.key;
  }

  static void apply(document& shown, const event_context& where,
                    const added& happened) {
    if (!mood().is_mended())
      obey(shown, where, happened.note);
    shown.sum += happened.amount;
    shown.seen.push_back(where.at.value());
  }

private:
  static void obey(document& shown, const event_context& where,
                   const std::string& note) {
    if (note.empty())
      return;
    shown.text = note; // half done, if it throws
    if (note == "throw")
      throw std::runtime_error{"in no mood for \xFF it"};
    if (note == "throw 42")
      throw 42;
    // Never the same one twice in a row.
    if (note == "by turns" && mood().turns % 2 == where.at.value() % 2) {
      ++mood().turns;
      throw std::runtime_error{"not my turn"};
    }
    if (note == "hang")
      mood().hang();
    if (note == "big")
      shown.text.assign(std::size_t{2} << 20U, 'x');
    if (note == "huge")
      shown.seen.resize(shown.seen.max_size());
  }
};

} // namespace cafes::test
