// SPDX-License-Identifier: MIT
#include "bench/event_rows.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace cafes::bench {

event_rows::event_rows(std::vector<stream_end> streams, std::int64_t head,
                       std::int32_t type_id)
  : streams_{std::move(streams)}, head_{head}, type_id_{type_id} {
  if (streams_.empty())
    throw std::runtime_error{"no streams to append to"};
}

event_rows event_rows::after(const session& on, std::string_view type_name) {
  const auto rows = select(on, "SELECT stream_id, max(version) FROM events "
                               "GROUP BY stream_id ORDER BY stream_id");
  std::vector<stream_end> streams;
  for (int row = 0; row < PQntuples(rows.get()); ++row)
    streams.push_back({std::stoll(PQgetvalue(rows.get(), row, 0)),
                       std::stoi(PQgetvalue(rows.get(), row, 1))});
  const auto head = select_number(on, "SELECT max(position) FROM events");
  const auto type
    = select_number(on, "SELECT type_id FROM event_types WHERE name = '"
                          + std::string{type_name} + "'");
  return {std::move(streams), head, static_cast<std::int32_t>(type)};
}

std::int64_t event_rows::now() {
  constexpr std::int64_t year_2000_us = 946'684'800'000'000;
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(since_1970)
           .count()
         - year_2000_us;
}

event_row event_rows::next() {
  auto& stream = streams_[random_.below(streams_.size())];
  return {++head_,  stream.stream_id, ++stream.version,
          type_id_, recorded_at_,     random_.id()};
}

} // namespace cafes::bench
