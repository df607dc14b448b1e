// SPDX-License-Identifier: MIT
#include "tests/soak/history.hpp"
#include "tests/soak/ledger_account.hpp"

#include "domain/balances.hpp"

#include <cafes/cafes.hpp>

#include <CLI/CLI.hpp>

#include <cerrno>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <system_error>
#include <unistd.h>

// A ledger as a service: intents on stdin, a line each, and answers on stdout
// in the order in which they come. It says "ready" first, and ends with its
// stdin. It knows no more of the runtime than the public door.

namespace cafes::soak {

namespace {

/// stdout, shared by the threads of the runtime. A client that reads never
/// makes them wait: what is under way at once fits into the channel.
class answer_channel {
public:
  void write(std::string line) {
    line.push_back('\n');
    const std::scoped_lock held{mutex_};
    std::string_view left{line};
    while (!left.empty()) {
      const auto size = ::write(STDOUT_FILENO, left.data(), left.size());
      if (size < 0 && errno != EINTR)
        return; // the client is gone, and so will be our stdin
      if (size > 0)
        left.remove_prefix(static_cast<std::size_t>(size));
    }
  }

private:
  std::mutex mutex_;
};

answer answer_of(std::int64_t sending, const outcome<ledger_account>& came) {
  answer told{.sending = sending};
  if (const auto* stored = came.accepted()) {
    told.how = ended::accepted;
    told.version = stored->at_version.value();
    told.position = stored->at_position.value();
    told.repeated = stored->repeated;
  } else if (const auto* refused = came.rejected()) {
    told.how = ended::rejected;
    told.word = bank::to_string(refused->reason);
  } else {
    told.word = to_string(came.failed()->code);
  }
  return told;
}

class ledger {
public:
  explicit ledger(runtime& service) : service_{service} {}

  void take(const intent& said) {
    const bank::cents amount{said.amount};
    switch (said.what) {
      case asked::open:
        return send(said, bank::open{"ledger", amount});
      case asked::deposit:
        return send(said, bank::deposit{amount, said.reference});
      case asked::deposit_in_parts:
        return send(said, deposit_in_parts{amount, said.parts, said.reference});
      case asked::withdraw:
        return send(said, bank::withdraw{amount, said.reference});
      case asked::close:
        return send(said, bank::close{});
    }
  }

  void say(std::string line) { channel_.write(std::move(line)); }

private:
  template <class Command>
  void send(const intent& said, Command command) {
    send_options options;
    options.id = parse_uuid(said.command_id).value();
    options.retry = said.retry;
    service_.send<ledger_account, Command>(
      said.account, std::move(command), options,
      [this, sending = said.sending](const outcome<ledger_account>& came) {
        channel_.write(to_line(answer_of(sending, came)));
      });
  }

  runtime& service_;
  answer_channel channel_;
};

int serve(const settings& with) {
  const auto service = definition{}
                         .aggregate<ledger_account>({.snapshot_every = 20})
                         .projection<bank::balances>();
  auto running = runtime::start(service, with);
  if (!running) {
    std::cerr << describe(running.error()) << '\n';
    return 75;
  }
  ledger open{*running};
  open.say("ready");
  std::string line;
  while (std::getline(std::cin, line))
    open.take(std::get<intent>(parse_line(line)));
  running->stop();
  return 0;
}

} // namespace

} // namespace cafes::soak

int main(int count, char** arguments) {
  // Aggregates leave memory and come back from snapshots all the time.
  cafes::settings with;
  with.live_aggregates_max = 16;
  CLI::App program{"A ledger that serves intents on stdin"};
  program.add_option("--store", with.store)->required();
  CLI11_PARSE(program, count, arguments);
  try {
    return cafes::soak::serve(with);
  } catch (const std::exception& failed) {
    std::cerr << failed.what() << '\n';
    return 70;
  }
}
