// SPDX-License-Identifier: MIT
#include "tests/support/cut_plan.hpp"

#include <utility>

namespace cafes::test {

namespace {

const char* name_of(cut_moment moment) {
  switch (moment) {
    case cut_moment::before:
      return "before";
    case cut_moment::within:
      return "within";
    case cut_moment::after:
      break;
  }
  return "after";
}

const char* name_of(cut_manner manner) {
  switch (manner) {
    case cut_manner::reset:
      return "reset";
    case cut_manner::finish:
      return "finish";
    case cut_manner::abandon:
      return "abandon";
    case cut_manner::silence:
      return "silence";
    case cut_manner::freeze:
      break;
  }
  return "freeze";
}

} // namespace

std::ostream& operator<<(std::ostream& out, const cut_point& shown) {
  return out << name_of(shown.manner) << ' ' << name_of(shown.moment)
             << " message " << shown.message << ' ' << shown.direction;
}

std::vector<cut_point> every_cut(const std::vector<wire_message>& seen,
                                 cut_manner manner) {
  std::vector<cut_point> cuts;
  std::size_t to_server = 0;
  std::size_t to_client = 0;
  for (const auto& message : seen) {
    auto& count = message.direction == wire_direction::to_server ? to_server
                                                                 : to_client;
    ++count;
    for (const auto moment :
         {cut_moment::before, cut_moment::within, cut_moment::after})
      if (moment != cut_moment::within || message.bytes > 1)
        cuts.push_back({message.direction, count, moment, manner});
  }
  return cuts;
}

void cut_plan::plan(std::vector<cut_point> cuts) {
  const std::lock_guard lock{mutex_};
  seen_.clear();
  planned_.assign(cuts.begin(), cuts.end());
  to_server_ = 0;
  to_client_ = 0;
  cuts_ = 0;
}

std::vector<wire_message> cut_plan::seen() const {
  const std::lock_guard lock{mutex_};
  return seen_;
}

std::size_t cut_plan::cuts() const {
  const std::lock_guard lock{mutex_};
  return cuts_;
}

void cut_plan::refuse(std::size_t connections) {
  const std::lock_guard lock{mutex_};
  refused_ = connections;
}

std::optional<cut_point> cut_plan::pass(const wire_message& message) {
  const std::lock_guard lock{mutex_};
  seen_.push_back(message);
  auto& count = message.direction == wire_direction::to_server ? to_server_
                                                               : to_client_;
  ++count;
  if (planned_.empty() || planned_.front().direction != message.direction
      || planned_.front().message != count)
    return std::nullopt;
  const auto due = planned_.front();
  planned_.pop_front();
  seen_.clear();
  to_server_ = 0;
  to_client_ = 0;
  ++cuts_;
  return due;
}

bool cut_plan::refuses_next() {
  const std::lock_guard lock{mutex_};
  if (refused_ == 0)
    return false;
  --refused_;
  return true;
}

} // namespace cafes::test
