// SPDX-License-Identifier: MIT
#include "store/door/spare.hpp"

#include <cafes/detail/json_writer.hpp>
#include <cafes/limits.hpp>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace cafes::detail {

namespace {

using writer = rapidjson::Writer<rapidjson::StringBuffer, rapidjson::UTF8<>,
                                 rapidjson::UTF8<>, rapidjson::CrtAllocator,
                                 rapidjson::kWriteValidateEncodingFlag>;

[[noreturn]] void refuse(const std::string& message) {
  throw codec_failure{codec_failure::reason::malformed, message};
}

} // namespace

struct json_writer::state {
  enum class node { undecided, object, array };

  state() : to{buffer} {}

  void start(std::string& text) {
    out = &text;
    buffer.Clear();
    to.Reset(buffer);
    nodes.clear();
    next_name = nullptr;
  }

  void finish() const { out->assign(buffer.GetString(), buffer.GetSize()); }

  /// Writes the name of the next value where one belongs, and decides what
  /// the enclosing node is.
  void before_value() {
    if (to_size_check() > limits::payload_bytes_max)
      throw codec_failure{codec_failure::reason::too_large,
                          "the value is larger than 1 MiB as JSON"};
    if (nodes.empty())
      return;
    decide(node::object);
    if (nodes.back().kind == node::array)
      return;
    if (next_name != nullptr)
      to.Key(std::exchange(next_name, nullptr));
    else
      to.Key(("value" + std::to_string(nodes.back().unnamed++)).c_str());
  }

  void decide(node kind) {
    auto& current = nodes.back();
    if (current.kind != node::undecided)
      return;
    current.kind = kind;
    if (kind == node::array)
      to.StartArray();
    else
      to.StartObject();
  }

  [[nodiscard]] std::size_t to_size_check() const { return buffer.GetSize(); }

  struct open_node {
    node kind = node::undecided;
    int unnamed = 0;
  };

  /// Faster than a string, character by character.
  rapidjson::StringBuffer buffer;
  writer to;
  std::string* out = nullptr;
  std::vector<open_node> nodes;
  const char* next_name = nullptr;
};

json_writer::json_writer(std::string& out)
  : state_{store::spare<state>::take()} {
  state_->start(out);
}

json_writer::~json_writer() {
  state_->finish();
  store::spare<state>::give_back(std::move(state_));
}

void json_writer::name(const char* next) {
  state_->next_name = next;
}

void json_writer::start_node() {
  state_->before_value();
  if (state_->nodes.size() >= limits::payload_depth_max)
    throw codec_failure{codec_failure::reason::too_large,
                        "the value is nested deeper than 64 levels"};
  state_->nodes.push_back({});
}

void json_writer::make_array() {
  state_->decide(state::node::array);
}

void json_writer::finish_node() {
  state_->decide(state::node::object);
  if (state_->nodes.back().kind == state::node::array)
    state_->to.EndArray();
  else
    state_->to.EndObject();
  state_->nodes.pop_back();
}

void json_writer::write(bool value) {
  state_->before_value();
  state_->to.Bool(value);
}

void json_writer::write(std::int64_t value) {
  state_->before_value();
  state_->to.Int64(value);
}

void json_writer::write(std::uint64_t value) {
  state_->before_value();
  state_->to.Uint64(value);
}

void json_writer::write(double value) {
  if (!std::isfinite(value))
    refuse("a number is not finite");
  state_->before_value();
  state_->to.Double(value);
}

void json_writer::write(std::string_view value) {
  if (value.size() > limits::payload_bytes_max)
    throw codec_failure{codec_failure::reason::too_large,
                        "a string is larger than 1 MiB"};
  // jsonb has no NUL; text that one backend refuses, all refuse.
  if (value.find('\0') != std::string_view::npos)
    refuse("a string holds a NUL");
  state_->before_value();
  if (!state_->to.String(value.data(),
                         static_cast<rapidjson::SizeType>(value.size())))
    refuse("a string is not valid UTF-8");
}

void json_writer::write_null() {
  state_->before_value();
  state_->to.Null();
}

} // namespace cafes::detail
