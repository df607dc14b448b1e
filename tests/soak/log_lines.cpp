// SPDX-License-Identifier: MIT
#include "tests/soak/log_lines.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <stdexcept>

namespace cafes::test {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(stored_event, position, stream, version,
                                   type, command_id, amount, reference)

} // namespace cafes::test

namespace cafes::soak {

void write_log_lines(const std::string& path,
                     const std::vector<test::stored_event>& log) {
  std::ofstream file{path};
  for (const auto& event : log)
    file << nlohmann::json(event).dump() << '\n';
  if (!file.flush())
    throw std::runtime_error{"cannot write " + path};
}

std::vector<test::stored_event> read_log_lines(const std::string& path) {
  std::ifstream file{path};
  if (!file)
    throw std::runtime_error{"cannot read " + path};
  std::vector<test::stored_event> log;
  for (std::string line; std::getline(file, line);)
    log.push_back(nlohmann::json::parse(line).get<test::stored_event>());
  return log;
}

} // namespace cafes::soak
