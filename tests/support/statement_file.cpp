// SPDX-License-Identifier: MIT
#include "tests/support/statement_file.hpp"

#include <array>
#include <fstream>
#include <ios>
#include <stdexcept>

namespace cafes::test {

namespace {

constexpr std::int64_t lowest_balance = -100'000;
constexpr std::int64_t amount_max = 250'000;

constexpr std::array descriptions{"cash deposit",
                                  "transfer in",
                                  "standing order, rent",
                                  "interest",
                                  "",
                                  R"(refund, "as agreed")",
                                  "caf\xc3\xa9 \xf0\x9f\x90\x98"};

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos)
    return text;
  std::string made = "\"";
  for (const char each : text)
    made += each == '"' ? std::string{"\"\""} : std::string{each};
  return made + "\"";
}

std::string date_of(std::size_t day) {
  const auto two_digits = [](std::size_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return "2024-" + two_digits(1 + day / 28 % 12) + "-"
         + two_digits(1 + day % 28);
}

} // namespace

statement::balances statement::last_balances() const {
  balances last;
  for (const auto& each : rows)
    last[each.account] = each.balance;
  return last;
}

std::int64_t statement::events() const {
  return std::ssize(rows) + std::ssize(last_balances());
}

std::string statement::text(const std::string& line_end) const {
  std::string made = statement_header + line_end;
  for (const auto& each : rows)
    made += each.id + "," + each.date + "," + quoted(each.account) + ","
            + (each.is_deposit ? "deposit" : "withdrawal") + ","
            + std::to_string(each.amount) + "," + std::to_string(each.balance)
            + "," + quoted(each.description) + line_end;
  return made;
}

statement make_statement(statement_size size, seeded_random& random) {
  const auto pick = [&](std::size_t count) {
    return static_cast<std::size_t>(
      random.between(0, static_cast<std::int64_t>(count) - 1));
  };
  statement made;
  statement::balances now;
  for (std::size_t number = 0; number < size.rows; ++number) {
    statement::row row;
    row.id = std::to_string(700'000 + number);
    row.date = date_of(number * 336 / size.rows);
    // Each account has a row at least.
    row.account = std::to_string(
      1000 + (number < size.accounts ? number : pick(size.accounts)));
    row.description = descriptions.at(pick(descriptions.size()));
    row.amount = random.between(1, amount_max);
    auto& balance = now[row.account];
    row.is_deposit = random.between(0, 1) == 0
                     || balance - row.amount < lowest_balance;
    balance += row.is_deposit ? row.amount : -row.amount;
    row.balance = balance;
    made.rows.push_back(row);
  }
  return made;
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file{path, std::ios::binary};
  file << text << std::flush;
  if (!file)
    throw std::runtime_error{path + " cannot be written"};
}

} // namespace cafes::test
