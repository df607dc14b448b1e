// SPDX-License-Identifier: MIT
#pragma once

#include "tests/soak/history_checker.hpp"
#include "tests/soak/ledger_client.hpp"
#include "tests/soak/served_process.hpp"
#include "tests/soak/soak_figures.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/stored_log.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cafes::soak {

/// Where a ledger is kept, while a campaign lasts.
struct ledger_store {
  std::string dsn;
  /// A log that has a session loses it with its server.
  std::function<std::unique_ptr<test::stored_log>()> open_log;
};

/// A ledger under load, over several faults. After each of them all comes to
/// rest, and the whole history is checked against the whole log.
class campaign {
public:
  using milliseconds = std::chrono::milliseconds;

  campaign(ledger_store store, test::seeded_random& chance);

  /// Adds what it did to the figures. A history with findings, or one whose
  /// test has thrown, is kept, with the command that checks it again.
  void end(soak_figures& row);
  ~campaign();
  campaign(const campaign&) = delete;
  campaign& operator=(const campaign&) = delete;

  /// Starts the ledger, again if it has ended. The first time it opens the
  /// accounts.
  void start(std::vector<std::string> environment = {});

  /// Lets it finish its work and end.
  void stop();

  /// Load for this long; false when the ledger is gone.
  bool load_for(milliseconds time);

  /// Load until the ledger is gone; false when it is not in time.
  bool load_until_gone(milliseconds longest);

  /// kill -9.
  void kill();

  /// Notes the time of the fault; and when its cause was gone.
  void struck();
  void mended();

  /// Load until the next answer that is no error, and until rest; then checks.
  void recover_and_check();

  [[nodiscard]] const std::string& dsn() const { return store_.dsn; }

  [[nodiscard]] std::size_t under_way() const { return client_.under_way(); }

private:
  void check();

  using clock = std::chrono::steady_clock;

  ledger_store store_;
  std::string history_path_;
  ledger_client client_;
  std::unique_ptr<served_process> process_;
  clock::time_point struck_{};
  clock::time_point mended_{};
  bool is_open_ = false;
  milliseconds recovery_longest_{0};
  std::int64_t rounds_ = 0;
  std::size_t findings_ = 0;
  bool has_ended_ = false;
};

} // namespace cafes::soak
