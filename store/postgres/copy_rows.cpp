// SPDX-License-Identifier: MIT
#include "store/postgres/copy_rows.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace cafes::store::postgres {

namespace {

/// Rows of tab-separated fields, one a line.
class copy_text {
public:
  explicit copy_text(std::size_t bytes) { text_.reserve(bytes); }

  copy_text& number(std::int64_t value) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                   value);
    text_.append(digits.data(), end.ptr);
    return next();
  }

  copy_text& text(std::string_view value) {
    for (;;) {
      const auto special = value.find_first_of("\\\n\r\t");
      text_ += value.substr(0, special);
      if (special == std::string_view::npos)
        return next();
      text_ += '\\';
      text_ += escape_of(value[special]);
      value.remove_prefix(special + 1);
    }
  }

  /// For text without special characters.
  copy_text& plain(std::string_view value) {
    text_ += value;
    return next();
  }

  copy_text& null() { return plain("\\N"); }

  void end_row() { text_.back() = '\n'; }

  std::string take() { return std::move(text_); }

private:
  static char escape_of(char special) {
    switch (special) {
      case '\n':
        return 'n';
      case '\r':
        return 'r';
      case '\t':
        return 't';
      default:
        return special;
    }
  }

  copy_text& next() {
    text_ += '\t';
    return *this;
  }

  std::string text_;
};

void add_id(copy_text& rows, const uuid& id) {
  if (id.is_nil())
    rows.null();
  else
    rows.plain(to_string(id));
}

std::size_t bytes_of_events(const append_plan& plan) {
  constexpr std::size_t fixed_columns = 192;
  std::size_t bytes = 0;
  for (const auto& planned : plan.events)
    bytes += fixed_columns + planned.event->data.size()
             + planned.event->metadata.size();
  // Quotes and line ends within strings are escaped.
  return bytes + bytes / 8;
}

} // namespace

std::string stream_rows(const append_plan& plan) {
  copy_text rows{plan.new_streams.size() * 64};
  for (const auto& stream : plan.new_streams)
    rows.number(stream.id.value())
      .number(log_number)
      .plain(stream.name->category)
      .text(stream.name->key)
      .end_row();
  return rows.take();
}

std::string event_rows(const append_plan& plan) {
  const auto recorded_at = to_string(plan.recorded_at);
  copy_text rows{bytes_of_events(plan)};
  for (const auto& planned : plan.events) {
    rows.number(log_number)
      .number(planned.at.value())
      .number(planned.stream.value())
      .number(planned.at_version.value())
      .number(planned.event->type.value())
      .plain(recorded_at);
    add_id(rows, planned.from->command_id);
    add_id(rows, planned.from->correlation_id);
    add_id(rows, planned.from->causation_id);
    rows.text(planned.event->data);
    if (planned.event->metadata.empty())
      rows.null();
    else
      rows.text(planned.event->metadata);
    rows.end_row();
  }
  return rows.take();
}

} // namespace cafes::store::postgres
