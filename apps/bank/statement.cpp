// SPDX-License-Identifier: MIT
#include "apps/bank/statement.hpp"

#include "domain/booking_day.hpp"

#include <array>
#include <charconv>
#include <string_view>
#include <tuple>
#include <utility>

namespace bank {

namespace {

constexpr std::string_view header
  = "transaction_id,date,account_id,type,amount_cents,balance_cents,"
    "description";

constexpr std::size_t column_count = 7;

/// A field with the place it came from.
struct field {
  std::string text;
  std::size_t column = 1;
};

using fields = std::vector<field>;
using mistake = std::optional<malformed_line>;

/// Cuts a line at its commas; a field in double quotes may hold commas and
/// doubled quotes.
mistake split(const std::string& line, fields& cut) {
  std::size_t at = 0;
  for (;;) {
    field next{{}, at + 1};
    if (at < line.size() && line[at] == '"') {
      for (++at;; ++at) {
        if (at >= line.size())
          return malformed_line{0, next.column, "a closing quote"};
        if (line[at] != '"')
          next.text += line[at];
        else if (at + 1 < line.size() && line[at + 1] == '"')
          next.text += line[++at];
        else
          break;
      }
      if (++at < line.size() && line[at] != ',')
        return malformed_line{0, at + 1, "a comma after the closing quote"};
    } else {
      const auto comma = std::min(line.find(',', at), line.size());
      next.text = line.substr(at, comma - at);
      at = comma;
    }
    cut.push_back(std::move(next));
    if (at >= line.size())
      return std::nullopt;
    ++at;
  }
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(),
                                             text.data() + text.size(), number);
  if (failed != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

mistake wrong(const field& at, std::string expected) {
  return malformed_line{0, at.column, std::move(expected)};
}

mistake interpret(const fields& cut, transaction& read) {
  const auto& [id, date, account, kind, amount, balance]
    = std::tie(cut[0], cut[1], cut[2], cut[3], cut[4], cut[5]);
  if (id.text.empty())
    return wrong(id, "a transaction_id");
  if (!parse_day(date.text))
    return wrong(date, "a date as 1993-01-31");
  if (account.text.empty() || account.text.size() > 255)
    return wrong(account, "an account_id of 1 to 255 bytes");
  if (kind.text != "deposit" && kind.text != "withdrawal")
    return wrong(kind, "deposit or withdrawal");
  const auto paid = whole_number(amount.text);
  if (!paid || *paid <= 0)
    return wrong(amount, "a positive whole number of cents");
  const auto held = whole_number(balance.text);
  if (!held)
    return wrong(balance, "a whole number of cents");
  read.id = id.text;
  read.date = date.text;
  read.account = account.text;
  read.kind = kind.text == "deposit" ? transaction::direction::deposit
                                     : transaction::direction::withdrawal;
  read.amount = cents{*paid};
  read.balance = cents{*held};
  read.description = cut[6].text;
  return std::nullopt;
}

} // namespace

std::string describe(const malformed_line& mistake) {
  return "line " + std::to_string(mistake.line) + ", column "
         + std::to_string(mistake.column) + ": expected " + mistake.expected;
}

bool statement_reader::read_line(std::string& line) {
  if (!std::getline(in_, line))
    return false;
  ++line_;
  if (!line.empty() && line.back() == '\r')
    line.pop_back();
  return true;
}

std::optional<malformed_line> statement_reader::read_header() {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  std::string line;
  const bool found = read_line(line);
  if (line.starts_with(byte_order_mark)) // spreadsheets write it
    line.erase(0, byte_order_mark.size());
  if (found && line == header)
    return std::nullopt;
  return malformed_line{1, 1, "the header " + std::string{header}};
}

std::optional<statement_reader::row> statement_reader::next() {
  std::string line;
  do {
    if (!read_line(line))
      return std::nullopt;
  } while (line.empty());
  fields cut;
  auto found = split(line, cut);
  if (!found && cut.size() != column_count)
    found = malformed_line{
      0, cut.size() < column_count ? line.size() + 1 : cut[column_count].column,
      "7 columns, there are " + std::to_string(cut.size())};
  transaction read;
  if (!found)
    found = interpret(cut, read);
  if (found) {
    found->line = line_;
    return *std::move(found);
  }
  read.line = line_;
  return read;
}

} // namespace bank
