// SPDX-License-Identifier: MIT
#pragma once

#include "tests/soak/history_checker.hpp"
#include "tests/soak/model_ledger.hpp"
#include "tests/soak/sendings.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace cafes::soak {

/// A sound history and its log, to be corrupted somewhere: where is chance.
struct corrupted {
  corrupted() { ledger.run(2'000); }

  // -- finding a place --------------------------------------------------------

  template <class Kind>
  Kind* any(const std::function<bool(const Kind&)>& suits) {
    std::vector<Kind*> all;
    for (auto& record : ledger.told)
      if (auto* one = std::get_if<Kind>(&record); one && suits(*one))
        all.push_back(one);
    BOOST_REQUIRE(!all.empty());
    return all[static_cast<std::size_t>(
      random.between(0, std::ssize(all) - 1))];
  }

  answer* any_accepted() {
    return any<answer>([](const answer& one) {
      return one.how == ended::accepted && !one.repeated;
    });
  }

  /// The first events of commands that suit.
  std::size_t
  any_stored(const std::function<bool(const test::stored_event&)>& suits) {
    std::vector<std::size_t> all;
    for (std::size_t each = 0; each < log().size(); ++each)
      if (suits(log()[each])
          && (each == 0
              || log()[each - 1].command_id != log()[each].command_id))
        all.push_back(each);
    BOOST_REQUIRE(!all.empty());
    return all[static_cast<std::size_t>(
      random.between(0, std::ssize(all) - 1))];
  }

  std::size_t any_stored() {
    return any_stored([](const test::stored_event&) { return true; });
  }

  const intent& intent_of(std::int64_t sending) {
    return *any<intent>(
      [&](const intent& one) { return one.sending == sending; });
  }

  std::int64_t events_of(const std::string& command_id) {
    return std::count_if(log().begin(), log().end(), [&](const auto& one) {
      return one.command_id == command_id;
    });
  }

  // -- corrupting -------------------------------------------------------------

  void remove(std::size_t place) {
    log().erase(log().begin() + static_cast<std::ptrdiff_t>(place));
  }

  /// As if it had always been so: positions and versions without a gap.
  void make_dense() {
    std::map<std::string, std::int64_t> versions;
    std::int64_t head = 0;
    for (auto& event : log()) {
      event.position = ++head;
      event.version = ++versions[event.stream];
    }
  }

  /// What the corrupted log says must be what the clients heard, but for what
  /// is under test.
  void tell_as_stored() {
    std::map<std::string, const test::stored_event*> last;
    for (const auto& event : log())
      last[event.command_id] = &event;
    for (auto& record : ledger.told) {
      auto* heard = std::get_if<answer>(&record);
      if (heard == nullptr || heard->how != ended::accepted)
        continue;
      const auto found
        = last.find(normal_id(intent_of(heard->sending).command_id));
      if (found == last.end())
        continue;
      heard->version = found->second->version;
      heard->position = found->second->position;
    }
  }

  std::vector<test::stored_event>& log() { return ledger.log; }

  // -- checking ---------------------------------------------------------------

  [[nodiscard]] std::vector<finding> findings() const {
    return check_history(ledger.told, ledger.log, load_phase::at_rest);
  }

  [[nodiscard]] boost::test_tools::assertion_result found(wrong what) const {
    const auto all = findings();
    boost::test_tools::assertion_result result{
      std::any_of(all.begin(), all.end(),
                  [&](const auto& one) { return one.what == what; })};
    result.message() << all.size() << " findings, none is " << to_string(what);
    for (const auto& each : all)
      result.message() << "\n" << each;
    return result;
  }

  test::seeded_random random{"history checker"};
  model_ledger ledger{random};
};

} // namespace cafes::soak
