// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_writer_session.hpp"
#include "store/memory/log_connection.hpp"
#include "store/memory/log_reader.hpp"
#include "tests/support/faulty_connection.hpp"
#include "tests/support/open_log.hpp"
#include "tests/support/printing.hpp"

namespace cafes::test {

/// A log in memory whose writer's connection breaks on demand.
struct faulty_log {
  std::shared_ptr<store::memory::memory_log> stored
    = std::make_shared<store::memory::memory_log>();
  faulty_connection* connection = nullptr;
  store::log_writer_session writer{connect()};
  store::type_id type;

  faulty_log() {
    must(writer.acquire("first", std::chrono::milliseconds{0}));
    const std::vector<detail::event_type> types{{"test.happened", 1, "{}"}};
    type = must(writer.register_types(types)).at(0);
  }

  /// An owner whose connection never breaks.
  [[nodiscard]] std::unique_ptr<store::log_writer_session> other_owner() const {
    return std::make_unique<store::log_writer_session>(
      std::make_unique<store::memory::log_connection>(stored));
  }

  [[nodiscard]] std::vector<recorded_event> all() const {
    return must(
      store::memory::log_reader{stored}.read_log(position{0}, 10'000));
  }

  [[nodiscard]] store::append_request
  to(std::string_view name, expected_version expected, int events = 1,
     bool loaded = false) const {
    store::append_request made;
    made.stream = stream(name);
    made.expected = expected;
    made.loaded = loaded;
    for (int n = 0; n < events; ++n)
      made.events.push_back({type, "1", ""});
    return made;
  }

private:
  std::unique_ptr<store::log_connection> connect() {
    auto made = std::make_unique<faulty_connection>([log = stored] {
      return std::make_unique<store::memory::log_connection>(log);
    });
    connection = made.get();
    return made;
  }
};

} // namespace cafes::test
