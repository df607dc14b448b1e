// SPDX-License-Identifier: MIT
#include "tests/simulation/model_store.hpp"

#include "store/memory/log_reader.hpp"
#include "store/memory/snapshot_writer.hpp"
#include "tests/simulation/model_connection.hpp"

#include <string>
#include <utility>
#include <vector>

namespace cafes::test {

namespace {

/// Fails while there is an outage, for a dead process, or at its rate.
class flaky_session {
public:
  explicit flaky_session(model_server& server)
    : server_{&server}, process_{server.process()} {}

protected:
  [[nodiscard]] bool is_down(int rate, const char* what) {
    if (process_ != server_->process())
      return true;
    auto& around = server_->around();
    const bool is_down = around.is_outage || around.goes_wrong(rate);
    if (is_down)
      around.is_disturbed = true;
    around.trace.note("store: ", what, is_down ? " fails" : "");
    return is_down;
  }

  [[nodiscard]] const conditions& like() { return server_->around().like; }

  static unexpected<error> broken() {
    return failure(errc::unavailable, "broken by the simulation");
  }

private:
  model_server* server_;
  int process_;
};

class reader final : public store::log_reader, flaky_session {
public:
  explicit reader(model_server& server)
    : flaky_session{server}, session_{server.log()} {}

  expected<store::stream_slice> read_stream(const stream_name& stream,
                                            version from,
                                            std::size_t limit) override {
    if (is_down(like().read_fails, "read_stream"))
      return broken();
    return session_.read_stream(stream, from, limit);
  }

  expected<std::vector<store::recovered_stream>>
  recover(std::span<const store::recovery_request> streams,
          std::size_t events_max) override {
    if (is_down(like().read_fails, "recover"))
      return broken();
    return session_.recover(streams, events_max);
  }

  expected<std::vector<recorded_event>> read_log(position after,
                                                 std::size_t limit) override {
    return session_.read_log(after, limit);
  }

  expected<position> head() override { return session_.head(); }

  expected<std::optional<store::appended>>
  find_command(const stream_name& stream, const uuid& command_id) override {
    if (is_down(like().look_fails, "look_up"))
      return broken();
    return session_.find_command(stream, command_id);
  }

private:
  store::memory::log_reader session_;
};

class snapshot_writer final : public store::snapshot_writer, flaky_session {
public:
  explicit snapshot_writer(model_server& server)
    : flaky_session{server}, session_{server.log()} {}

  expected<void> keep(std::span<const store::kept_snapshot> some) override {
    if (is_down(like().keep_fails, "keep"))
      return broken();
    return session_.keep(some);
  }

private:
  store::memory::snapshot_writer session_;
};

} // namespace

expected<void> model_store::migrate() {
  return {};
}

expected<store_summary> model_store::summary() {
  store_summary held;
  held.backend = "model";
  held.events = server_->log()->head().value();
  held.head = server_->log()->head();
  held.epoch = server_->log()->epoch;
  held.owner = server_->log()->owner;
  return held;
}

expected<std::unique_ptr<store::log_writer_session>>
model_store::open_writer() {
  return std::make_unique<store::log_writer_session>(
    std::make_unique<model_connection>(*server_));
}

expected<std::unique_ptr<store::log_reader>> model_store::open_reader() {
  return std::make_unique<reader>(*server_);
}

expected<std::unique_ptr<store::snapshot_writer>>
model_store::open_snapshot_writer() {
  return std::make_unique<snapshot_writer>(*server_);
}

expected<std::unique_ptr<store::view_writer>>
model_store::open_view_writer(const store::view_identity&) {
  return failure(errc::unavailable, "the model keeps no views");
}

expected<std::unique_ptr<store::view_reader>> model_store::open_view_reader() {
  return failure(errc::unavailable, "the model keeps no views");
}

expected<std::unique_ptr<store::view_operator>>
model_store::open_view_operator() {
  return failure(errc::unavailable, "the model keeps no views");
}

} // namespace cafes::test
