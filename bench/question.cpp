// SPDX-License-Identifier: MIT
#include "bench/question.hpp"

#include <array>

namespace cafes::bench {

namespace {

constexpr std::array questions{
  question{"bare_copy", &bare_copy_rate},
  question{"commands_1024", &commands_1024},
};

} // namespace

std::span<const question> all_questions() {
  return questions;
}

} // namespace cafes::bench
