// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"

#include <functional>
#include <limits>
#include <memory>
#include <ostream>

namespace cafes::test {

/// How a call of a log connection goes wrong. Calls other than `write` can
/// only be lost.
enum class fault_kind {
  /// The connection breaks before the store has done anything.
  lost_before,
  /// The connection breaks after the store has done it.
  lost_after,
  refused,
  stream_conflict,
  position_taken,
};

inline std::ostream& operator<<(std::ostream& out, fault_kind shown) {
  constexpr const char* names[] = {"lost_before", "lost_after", "refused",
                                   "stream_conflict", "position_taken"};
  return out << names[static_cast<int>(shown)];
}

/// The calls `first` to `last`, counted from 1, go wrong.
struct fault {
  static constexpr int never = std::numeric_limits<int>::max();

  fault_kind how = fault_kind::lost_before;
  int first = never;
  int last = first;
};

/// A connection that breaks on demand. A broken one gives up the log, as a
/// server does with a session that has died; `take` connects afresh.
class faulty_connection final : public store::log_connection {
public:
  using connect = std::function<std::unique_ptr<store::log_connection>()>;

  explicit faulty_connection(connect make) : make_{std::move(make)} {}

  /// Calls are counted from here on.
  void plan(const fault& wanted) {
    fault_ = wanted;
    calls_ = 0;
  }

  [[nodiscard]] int calls() const { return calls_; }

  expected<store::ownership> take(const std::string& owner,
                                  std::chrono::milliseconds wait) override {
    connection_.reset();
    connection_ = make_();
    return lost_or<store::ownership>(
      [&] { return connection_->take(owner, wait); });
  }

  expected<std::vector<store::type_id>>
  register_types(std::span<const detail::event_type> types) override {
    return connection_->register_types(types);
  }

  expected<store::known_streams>
  find_streams(std::span<const stream_name> names) override {
    return lost_or<store::known_streams>(
      [&] { return connection_->find_streams(names); });
  }

  expected<std::optional<store::appended>>
  find_command(store::stream_id stream, const uuid& command_id) override {
    return lost_or<std::optional<store::appended>>(
      [&] { return connection_->find_command(stream, command_id); });
  }

  expected<std::vector<store::event_mark>>
  marks_after(position after, std::size_t limit) override {
    return lost_or<std::vector<store::event_mark>>(
      [&] { return connection_->marks_after(after, limit); });
  }

  store::write_result write(const store::append_plan& plan) override {
    using namespace store::written;
    if (!goes_wrong())
      return connection_->write(plan);
    switch (connection_ == nullptr ? fault_kind::lost_before : fault_.how) {
      case fault_kind::refused:
        return refused{{errc::invalid_argument, "refused by the test"}};
      case fault_kind::stream_conflict:
        return stream_conflict{};
      case fault_kind::position_taken:
        return position_taken{};
      case fault_kind::lost_after:
        static_cast<void>(connection_->write(plan));
        [[fallthrough]];
      case fault_kind::lost_before:
        break;
    }
    connection_.reset();
    return lost{{errc::unavailable, "lost by the test"}};
  }

private:
  bool goes_wrong() {
    ++calls_;
    return connection_ == nullptr
           || (calls_ >= fault_.first && calls_ <= fault_.last);
  }

  template <class Value, class Call>
  expected<Value> lost_or(Call&& call) {
    const bool can_be_lost = fault_.how == fault_kind::lost_before
                             || fault_.how == fault_kind::lost_after;
    if (!goes_wrong() || (connection_ != nullptr && !can_be_lost))
      return call();
    if (connection_ != nullptr && fault_.how == fault_kind::lost_after)
      static_cast<void>(call());
    connection_.reset();
    return failure(errc::unavailable, "lost by the test");
  }

  connect make_;
  std::unique_ptr<store::log_connection> connection_;
  fault fault_;
  int calls_ = 0;
};

} // namespace cafes::test
