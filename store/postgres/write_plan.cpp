// SPDX-License-Identifier: MIT
#include "store/postgres/write_plan.hpp"

#include "store/postgres/copy_in.hpp"
#include "store/postgres/copy_rows.hpp"
#include "store/postgres/translate_error.hpp"

#include <pqxx/prepared_statement>

#include <array>
#include <deque>
#include <string>
#include <vector>

namespace cafes::store::postgres {

namespace {

/// Up to here an INSERT's single round trip is faster than a COPY's two.
constexpr std::size_t insert_events_max = 10;

constexpr std::size_t event_columns = 11;

/// INSERT of so many rows: sql/insert_events.sql with its binds.
std::string insert_text(std::size_t rows) {
  std::string text{sql::insert_events};
  for (std::size_t row = 0; row < rows; ++row) {
    text += row == 0 ? "(" : ", (";
    for (std::size_t column = 1; column <= event_columns; ++column)
      text += (column == 1 ? "$" : ", $")
              + std::to_string(row * event_columns + column);
    text += ')';
  }
  return text;
}

/// Binds for one statement; null pointers are NULL.
class bind_list {
public:
  explicit bind_list(std::size_t size) { binds.reserve(size); }

  void add(std::int64_t number) { keep(std::to_string(number)); }
  void add(const uuid& id) {
    if (id.is_nil())
      binds.push_back(nullptr);
    else
      keep(to_string(id));
  }
  void add(const std::string& text) { binds.push_back(text.c_str()); }
  void add_unless_empty(const std::string& text) {
    binds.push_back(text.empty() ? nullptr : text.c_str());
  }

  std::vector<const char*> binds;

private:
  void keep(std::string made) {
    kept_.push_back(std::move(made));
    binds.push_back(kept_.back().c_str());
  }

  std::deque<std::string> kept_;
};

void insert(connection& on, const append_plan& plan) {
  const auto recorded_at = to_string(plan.recorded_at);
  bind_list row{plan.events.size() * event_columns};
  for (const auto& planned : plan.events) {
    row.add(log_number);
    row.add(planned.at.value());
    row.add(planned.stream.value());
    row.add(planned.at_version.value());
    row.add(planned.event->type.value());
    row.add(recorded_at);
    row.add(planned.from->command_id);
    row.add(planned.from->correlation_id);
    row.add(planned.from->causation_id);
    row.add(planned.event->data);
    row.add_unless_empty(planned.event->metadata);
  }
  const auto name = "insert_" + std::to_string(plan.events.size()) + "_events";
  on.prepare(name, insert_text(plan.events.size()));
  on.run(name, pqxx::prepare::make_dynamic_params(row.binds));
}

void copy(connection& on, const append_plan& plan) {
  if (plan.new_streams.empty())
    copy_in(on, sql::copy_events, std::array{event_rows(plan)});
  else
    copy_in(on, sql::copy_streams_and_events,
            std::array{stream_rows(plan), event_rows(plan)});
}

} // namespace

write_result write_plan(connection& on, const append_plan& plan) {
  try {
    if (plan.new_streams.empty() && plan.events.size() <= insert_events_max)
      insert(on, plan);
    else
      copy(on, plan);
    return written::stored{};
  } catch (...) {
    return translate_write(on);
  }
}

} // namespace cafes::store::postgres
