// SPDX-License-Identifier: MIT
#pragma once

#include "tests/simulation/stored_history.hpp"

#include <string>

namespace cafes::test {

/// Compares an answer with what the log holds at the moment it is heard.
class answer_check {
public:
  answer_check(world& around, stored_history& stored, const sendings& sent)
    : around_{&around}, stored_{&stored}, sent_{&sent} {}

  void hear(const sending& sent);

private:
  using accepted = detail::erased_outcome::accepted;

  void check_accepted(const sending& sent, const accepted& answer);
  void check_first(const sending& sent, const accepted& answer);
  void check_nothing(const sending& sent, const accepted& answer);
  void check_repeated(const sending& sent, const accepted& answer);
  void check_refused(const sending& sent, int refusal);
  void check_failed(const sending& sent, const error& why);
  [[nodiscard]] bool is_explained(const sending& sent, const error& why);
  [[nodiscard]] bool is_id_of_another(const sending& sent);
  [[nodiscard]] std::size_t waiting_with(const sending& sent) const;

  world* around_;
  stored_history* stored_;
  const sendings* sent_;
};

} // namespace cafes::test
