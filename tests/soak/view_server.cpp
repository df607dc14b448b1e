// SPDX-License-Identifier: MIT
#include "domain/account.hpp"
#include "tests/soak/order_views.hpp"
#include "tests/support/eventually.hpp"

#include <cafes/cafes.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <random>
#include <semaphore>
#include <sstream>
#include <stdexcept>
#include <string>

// A service that appends and builds views, asked by a line on stdin, with a
// line on stdout for each. It says "ready" first, and ends with its stdin:
//   append COUNT POISON SEED   so many deposits, about POISON of them poison;
//                              how many were accepted, when all are answered
//   drain                      "drained", or why not
//   rebuild                    "live" when streams_seen has been made anew, or
//                              why not
//   retry                      wishes for all that is parked
//   state PROJECTION           phase, checkpoint, restarts, parked, last error

namespace cafes::soak {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t accounts = 200;
constexpr std::ptrdiff_t under_way_max = 64;
constexpr auto drained_within = 100s;

class view_service {
public:
  explicit view_service(runtime& running) : running_{running} {}

  std::string answer(const std::string& line) {
    std::istringstream words{line};
    std::string asked;
    words >> asked;
    if (asked == "append") {
      std::int64_t count = 0;
      std::int64_t poisoned = 0;
      std::uint64_t seed = 0;
      words >> count >> poisoned >> seed;
      return "accepted " + std::to_string(append(count, poisoned, seed));
    }
    if (asked == "drain") {
      const auto drained = running_.drain(drained_within);
      return drained ? "drained" : describe(drained.error());
    }
    if (asked == "rebuild")
      return rebuild();
    if (asked == "retry") {
      const auto wished = running_.retry_parked(streams_seen<>::name);
      return wished ? "wished " + std::to_string(*wished)
                    : describe(wished.error());
    }
    if (asked == "state") {
      words >> asked;
      return state_of(asked);
    }
    throw std::invalid_argument{"what is \"" + line + "\"?"};
  }

private:
  std::string rebuild() {
    const auto build = running_.rebuild_projection(streams_seen<>::name);
    if (!build)
      return describe(build.error());
    const bool is_live = test::eventually(
      [&] { return running_.status().projections.at(0).build == *build; });
    return is_live ? "live"
                   : running_.status().projections.at(0).rebuild_stopped;
  }

  std::int64_t append(std::int64_t count, std::int64_t poisoned,
                      std::uint64_t seed) {
    std::mt19937_64 chance{seed};
    const auto any = [&](std::int64_t most) {
      return std::uniform_int_distribution<std::int64_t>{1, most}(chance);
    };
    accepted_ = 0;
    for (std::int64_t key = 1; key <= accounts; ++key)
      send(std::to_string(key), bank::open{"views", bank::cents{}});
    for (std::int64_t each = 0; each < count; ++each)
      send(std::to_string(any(accounts)),
           bank::deposit{bank::cents{1}, any(count) <= poisoned
                                           ? std::string{poison}
                                           : "fine"});
    for (std::ptrdiff_t each = 0; each < under_way_max; ++each)
      free_.acquire();
    free_.release(under_way_max);
    return accepted_;
  }

  template <class Command>
  void send(const std::string& key, Command command) {
    free_.acquire();
    running_.send<bank::account, Command>(
      key, std::move(command), {}, [this](const auto& came) {
        accepted_ += came.accepted() != nullptr ? 1 : 0;
        free_.release();
      });
  }

  std::string state_of(const std::string& projection) {
    for (const auto& each : running_.status().projections) {
      if (each.name != projection)
        continue;
      std::ostringstream shown;
      shown << to_string(each.phase) << ' ' << each.checkpoint.value() << ' '
            << each.restarts << ' ' << stored_parked(projection) << ' '
            << each.last_error;
      auto line = shown.str();
      std::replace(line.begin(), line.end(), '\n', ' ');
      return line;
    }
    throw std::invalid_argument{"there is no projection " + projection};
  }

  /// The status knows it only when the view has been claimed.
  std::int64_t stored_parked(const std::string& projection) {
    const auto parked = running_.parked_events(projection);
    return parked ? std::ssize(*parked) : -1;
  }

  runtime& running_;
  std::counting_semaphore<under_way_max> free_{under_way_max};
  std::atomic<std::int64_t> accepted_{0};
};

int serve(const settings& with, participation role) {
  auto running = runtime::start(definition{}
                                  .aggregate<bank::account>()
                                  .projection<streams_seen<>>()
                                  .projection<log_seen<>>(),
                                with, role);
  if (!running) {
    std::cerr << describe(running.error()) << '\n';
    return 75;
  }
  view_service service{*running};
  std::cout << "ready" << std::endl;
  std::string line;
  while (std::getline(std::cin, line))
    std::cout << service.answer(line) << std::endl;
  running->stop();
  return 0;
}

} // namespace

} // namespace cafes::soak

int main(int count, char** arguments) {
  using namespace std::chrono_literals;
  cafes::settings with;
  with.poll_interval = 20ms;
  with.restart_pause_min = 5ms;
  with.restart_pause_max = 20ms;
  with.page_events_max = 20;
  bool is_reader = false;
  bool is_mended = false;
  CLI::App program{"A service that builds views, asked on stdin"};
  program.add_option("--store", with.store)->required();
  program.add_flag("--reader", is_reader);
  program.add_flag("--mended", is_mended, "Poison does no harm");
  CLI11_PARSE(program, count, arguments);
  cafes::soak::poison_is_harmless = is_mended;
  try {
    return cafes::soak::serve(with, is_reader ? cafes::participation::reader
                                              : cafes::participation::full);
  } catch (const std::exception& failed) {
    std::cerr << failed.what() << '\n';
    return 70;
  }
}
