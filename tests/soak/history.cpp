// SPDX-License-Identifier: MIT
#include "tests/soak/history.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace cafes::soak {

NLOHMANN_JSON_SERIALIZE_ENUM(asked,
                             {{asked::open, "open"},
                              {asked::deposit, "deposit"},
                              {asked::deposit_in_parts, "deposit_in_parts"},
                              {asked::withdraw, "withdraw"},
                              {asked::close, "close"}})
NLOHMANN_JSON_SERIALIZE_ENUM(ended, {{ended::failed, "failed"},
                                     {ended::accepted, "accepted"},
                                     {ended::rejected, "rejected"}})
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(intent, sending, command_id, account, what,
                                   amount, parts, reference, retry)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(answer, sending, how, version, position,
                                   repeated, word)

namespace {

using nlohmann::json;

json to_json_of(const intent& one) {
  return {{"intent", one}};
}

json to_json_of(const answer& one) {
  return {{"answer", one}};
}

json to_json_of(const server_gone&) {
  return {{"server_gone", true}};
}

} // namespace

std::string_view to_string(asked what) {
  switch (what) {
    case asked::open:
      return "open";
    case asked::deposit:
      return "deposit";
    case asked::deposit_in_parts:
      return "deposit_in_parts";
    case asked::withdraw:
      return "withdraw";
    case asked::close:
      return "close";
  }
  return "unknown";
}

std::string to_line(const history_record& record) {
  return std::visit([](const auto& one) { return to_json_of(one); }, record)
    .dump();
}

history_record parse_line(std::string_view line) {
  try {
    const auto read = json::parse(line);
    if (const auto found = read.find("intent"); found != read.end())
      return found->get<intent>();
    if (const auto found = read.find("answer"); found != read.end())
      return found->get<answer>();
    if (read.contains("server_gone"))
      return server_gone{};
  } catch (const json::exception&) {
    // Said below, with the line.
  }
  throw std::runtime_error{"not a line of a history: " + std::string{line}};
}

history read_history(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file)
    throw std::runtime_error{"cannot read " + path};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  history all;
  std::size_t begin = 0;
  for (auto end = text.find('\n'); end != std::string::npos;
       begin = end + 1, end = text.find('\n', begin))
    all.push_back(
      parse_line(std::string_view{text}.substr(begin, end - begin)));
  return all;
}

} // namespace cafes::soak
