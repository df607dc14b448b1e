// SPDX-License-Identifier: MIT
#include "tests/soak/view_process.hpp"

#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace cafes::soak {

namespace {

std::vector<std::string> command_of(const std::string& store,
                                    const std::vector<std::string>& options) {
  std::vector<std::string> command{CAFES_VIEW_SERVER, "--store", store};
  command.insert(command.end(), options.begin(), options.end());
  return command;
}

} // namespace

std::string appending(std::int64_t deposits, std::int64_t poisoned,
                      test::seeded_random& chance) {
  return "append " + std::to_string(deposits) + ' ' + std::to_string(poisoned)
         + ' ' + std::to_string(chance.between(1, 1'000'000'000));
}

view_process::view_process(const std::string& store,
                           std::vector<std::string> environment,
                           const std::vector<std::string>& options)
  : process_{command_of(store, options), std::move(environment)} {}

std::optional<std::string> view_process::ask(const std::string& line) {
  begin(line);
  auto said = hear();
  if (!said && !process_.is_gone())
    throw std::runtime_error{"no answer to " + line};
  return said;
}

void view_process::begin(const std::string& line) {
  process_.write(line + '\n');
}

std::optional<std::string>
view_process::hear(std::chrono::milliseconds longest) {
  auto said = process_.read(longest);
  return said.empty() ? std::nullopt : std::optional{std::move(said.front())};
}

void view_process::drain() {
  const auto said = ask("drain");
  if (said != "drained")
    throw std::runtime_error{"not drained: " + said.value_or("it has died")};
}

projection_state view_process::state_of(std::string_view projection) {
  const auto said = ask("state " + std::string{projection});
  if (!said)
    throw std::runtime_error{"it has died before it told its state"};
  projection_state state;
  std::istringstream words{*said};
  words >> state.phase >> state.checkpoint >> state.restarts >> state.parked;
  std::getline(words >> std::ws, state.last_error);
  return state;
}

/// It may answer first.
bool view_process::ends_after(const std::string& line) {
  begin(line);
  while (!process_.is_gone())
    if (!hear() && !process_.is_gone())
      return false;
  return true;
}

void view_process::pause() const {
  ::kill(process_.pid(), SIGSTOP);
}

/// The letter behind the name in parentheses, which may hold anything.
bool view_process::is_paused() const {
  std::ifstream file{"/proc/" + std::to_string(process_.pid()) + "/stat"};
  const std::string stat{std::istreambuf_iterator<char>{file}, {}};
  const auto name_end = stat.rfind(')');
  return name_end != std::string::npos && stat.substr(name_end + 2, 1) == "T";
}

void view_process::go_on() const {
  ::kill(process_.pid(), SIGCONT);
}

} // namespace cafes::soak
