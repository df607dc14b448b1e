// SPDX-License-Identifier: MIT
#include "tests/soak/campaign.hpp"

#include "tests/soak/log_lines.hpp"

#include <cafes/uuid.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <utility>

namespace cafes::soak {

campaign::campaign(ledger_store store, test::seeded_random& chance)
  : store_{std::move(store)},
    history_path_{(std::filesystem::temp_directory_path()
                   / ("cafes-history-" + to_string(random_uuid())))
                    .string()},
    client_{history_path_, chance} {}

void campaign::end(soak_figures& row) {
  stop();
  BOOST_TEST(store_.open_log()->integrity() == "ok");
  row.clients += client_.figures();
  row.rounds += rounds_;
  row.findings += findings_;
  row.recovery_longest = std::max(row.recovery_longest, recovery_longest_);
  has_ended_ = true;
}

campaign::~campaign() {
  if (has_ended_ && findings_ == 0) {
    std::error_code ignored;
    std::filesystem::remove(history_path_, ignored);
  } else {
    std::cerr << "kept: check_history " << history_path_
              << " log:" << history_path_ << ".log\n";
  }
}

void campaign::start(std::vector<std::string> environment) {
  process_ = std::make_unique<served_process>(
    std::vector<std::string>{CAFES_LEDGER_SERVER, "--store", store_.dsn},
    std::move(environment));
  client_.connect(*process_);
  mended();
  if (!std::exchange(is_open_, true))
    BOOST_REQUIRE(client_.come_to_rest());
}

void campaign::stop() {
  process_->stop();
  process_.reset();
}

bool campaign::load_for(milliseconds time) {
  const auto until = clock::now() + time;
  return client_.load_until([&] { return clock::now() >= until; });
}

bool campaign::load_until_gone(milliseconds longest) {
  const bool is_gone = !load_for(longest);
  if (is_gone) {
    struck();
    BOOST_TEST(process_->kill().signal == SIGKILL);
    client_.note_gone();
  }
  return is_gone;
}

void campaign::kill() {
  struck();
  process_->kill();
  static_cast<void>(client_.come_to_rest()); // hears its last words
  client_.note_gone();
}

void campaign::struck() {
  struck_ = clock::now();
}

void campaign::mended() {
  mended_ = clock::now();
}

void campaign::recover_and_check() {
  ++rounds_;
  const bool is_back
    = client_.load_until([&] { return client_.last_success() > mended_; });
  const auto took
    = std::chrono::duration_cast<milliseconds>(clock::now() - struck_);
  BOOST_REQUIRE_MESSAGE(is_back && client_.come_to_rest(),
                        "the ledger died when it should recover");
  recovery_longest_ = std::max(recovery_longest_, took);
  check();
}

void campaign::check() {
  const auto log = store_.open_log()->events();
  const auto found = check_history(read_history(history_path_), log,
                                   load_phase::at_rest);
  if (!found.empty())
    write_log_lines(history_path_ + ".log", log);
  findings_ += found.size();
  for (const auto& each : found)
    BOOST_ERROR("round " << rounds_ << ": " << each);
  BOOST_REQUIRE(found.empty());
}

} // namespace cafes::soak
