// SPDX-License-Identifier: MIT
#pragma once

#include "actors/command_envelope.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/simulated_system.hpp"

#include <cafes/runtime.hpp>

#include <boost/test/tools/assertion_result.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cafes::test {

/// What the sender of a command has heard.
struct heard {
  std::optional<detail::erased_outcome> ended;
  int times = 0;
  /// Called with the answer.
  std::function<void()> then = [] {};

  [[nodiscard]] detail::erased_outcome::accepted accepted() const {
    if (!ended)
      throw std::runtime_error{"not answered"};
    if (const auto* why = std::get_if<error>(&ended->ended))
      throw std::runtime_error{"unexpected " + describe(*why)};
    return std::get<detail::erased_outcome::accepted>(ended->ended);
  }

  [[nodiscard]] bool was_refused() const {
    return ended
           && std::holds_alternative<detail::any_decision::refusal>(
             ended->ended);
  }

  [[nodiscard]] boost::test_tools::assertion_result
  failed(errc code, const std::string& words = "") const {
    const auto* why = ended ? std::get_if<error>(&ended->ended) : nullptr;
    boost::test_tools::assertion_result as_wanted{
      why != nullptr && why->code == code
      && why->message.find(words) != std::string::npos};
    as_wanted.message() << "wanted " << code << " \"" << words << "\", came "
                        << (why != nullptr ? describe(*why)
                            : ended        ? "an answer"
                                           : "nothing");
    return as_wanted;
  }
};

using heard_ptr = std::shared_ptr<heard>;

/// Puts commands on their way to an actor.
struct commands_under_way {
  std::shared_ptr<actors::admission> gate = std::make_shared<actors::admission>(
    actors::admission_limits{.commands_max = 10'000, .bytes_max = 1'000'000});
  std::shared_ptr<actors::counters> counted
    = std::make_shared<actors::counters>();

  heard_ptr send(simulated_system& system, const caf::actor& to,
                 stream_name stream, detail::any_command asked,
                 const send_options& options = {}) const {
    auto told = std::make_shared<heard>();
    actors::command_envelope::order order;
    order.stream = std::move(stream);
    order.asked = std::move(asked);
    order.from.command_id = options.id;
    order.retry = options.retry;
    order.deadline = std::chrono::steady_clock::now()
                     + (options.timeout.count() != 0 ? options.timeout
                                                     : std::chrono::hours{1});
    order.then = [told](detail::erased_outcome&& ended) {
      told->ended = std::move(ended);
      ++told->times;
      told->then();
    };
    must(gate->enter(order.asked.bytes));
    system.send(to, std::make_shared<actors::command_envelope>(std::move(order),
                                                               gate, counted));
    return told;
  }
};

} // namespace cafes::test
