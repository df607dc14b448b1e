// SPDX-License-Identifier: MIT
//
// A whole service on one screen: counters that end at a hundred. The README
// shows it, one fact a line.
// clang-format off
// [counter]
#include <cafes/cafes.hpp>
#include <iostream>
struct count   { unsigned by = 0; CAFES_COMMAND("count", by) };
struct counted { unsigned by = 0; CAFES_EVENT("counter.counted", 1, by) };
enum class refusal { full }; auto to_string(refusal) { return "full"; }

struct counter { // decides: a pure function of what has happened
  static constexpr std::string_view category = "counter";
  using commands = cafes::one_of<count>;
  using events = cafes::one_of<counted>;
  using decision = cafes::decision<counter, refusal>;
  struct state { unsigned total = 0; CAFES_STATE(1, total) };
  static decision decide(const state& now, const count& asked) {
    if (asked.by > 100 - now.total) return decision::refuse(refusal::full);
    return counted{asked.by};
  }
  static void evolve(state& now, const counted& past) { now.total += past.by; }
};

struct totals { // a projection: folds events into documents by key
  static constexpr std::string_view name = "totals";
  static constexpr int version = 1;
  using events = cafes::one_of<counted>;
  struct document { unsigned total = 0; CAFES_FIELDS(total) };
  static auto key(const auto& at, const counted&) { return at.stream.key; }
  static void apply(document& all, const auto&, const counted& past) {
    all.total += past.by;
  }
};

int main() {
  auto service = cafes::definition{}.aggregate<counter>().projection<totals>();
  auto running = cafes::runtime::start(service, {.store = "memory:"}).value();
  for (const auto by : {60U, 50U, 40U}) {
    const auto ended = running.send<counter>("door", count{by}).get();
    std::cout << by << (ended.accepted() ? " accepted\n" : " not accepted\n");
  }
  const auto seen = running.find<totals>("door", {running.status().head});
  std::cout << "door: " << seen.value().value().total << '\n';
}
// [/counter]
