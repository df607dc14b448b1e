// SPDX-License-Identifier: MIT
#include "store/door/json_number.hpp"
#include "store/door/json_scan.hpp"
#include "store/door/spare.hpp"
#include "store/door/text.hpp"

#include <cafes/detail/json_reader.hpp>
#include <cafes/limits.hpp>

#include <rapidjson/allocators.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cafes::detail {

namespace {

using value = rapidjson::Value;
using pool = rapidjson::MemoryPoolAllocator<>;
using document = rapidjson::GenericDocument<rapidjson::UTF8<>, pool, pool>;
using parser
  = rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, pool>;

constexpr unsigned parse_flags = rapidjson::kParseIterativeFlag
                                 | rapidjson::kParseNumbersAsStringsFlag;
constexpr unsigned check_encoding = rapidjson::kParseValidateEncodingFlag;

[[noreturn]] void refuse(const std::string& message) {
  throw codec_failure{codec_failure::reason::malformed, message};
}

std::string_view kind_of(const value& shown) {
  switch (shown.GetType()) {
    case rapidjson::kNullType:
      return "null";
    case rapidjson::kFalseType:
    case rapidjson::kTrueType:
      return "a boolean";
    case rapidjson::kObjectType:
      return "an object";
    case rapidjson::kArrayType:
      return "an array";
    case rapidjson::kStringType:
      return "a string";
    case rapidjson::kNumberType:
      return "a number";
  }
  return "something else";
}

/// Hands a text's values on to a document. Numbers are read here: rapidjson
/// refuses the greatest doubles where jsonb has written them as whole numbers.
struct document_values
  : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, document_values> {
  using size = rapidjson::SizeType;

  document& to;

  explicit document_values(document& made) : to{made} {}

  bool Null() { return to.Null(); }
  bool Bool(bool read) { return to.Bool(read); }
  bool Key(const char* text, size length, bool) {
    return to.Key(text, length, true);
  }
  bool String(const char* text, size length, bool) {
    return to.String(text, length, true);
  }
  bool RawNumber(const char* text, size length, bool) {
    const auto number = store::read_number({text, length});
    if (!number)
      return false;
    if (const auto* whole = std::get_if<std::int64_t>(&*number))
      return to.Int64(*whole);
    if (const auto* natural = std::get_if<std::uint64_t>(&*number))
      return to.Uint64(*natural);
    return to.Double(std::get<double>(*number));
  }
  bool StartObject() { return to.StartObject(); }
  bool EndObject(size members) { return to.EndObject(members); }
  bool StartArray() { return to.StartArray(); }
  bool EndArray(size elements) { return to.EndArray(elements); }
};

constexpr std::size_t first_stack_bytes = 512;

/// Memory for a text of usual size within the object itself.
template <std::size_t Bytes>
class small_pool {
public:
  pool& operator*() { return pool_; }

private:
  alignas(std::max_align_t) std::array<char, Bytes> bytes_;
  pool pool_{bytes_.data(), bytes_.size()};
};

} // namespace

struct json_reader::state {
  /// A value being read from the inside.
  struct open_node {
    const value* inside;
    std::string label;
    rapidjson::SizeType next = 0;
    /// The members read so far, for naming one that nobody asked for.
    std::vector<const value*> taken{};
    int unnamed = 0;
  };

  small_pool<4096> values;
  small_pool<2048> stacks;
  std::optional<document> parsed;
  std::vector<open_node> nodes;
  const char* next_name = nullptr;
  std::string last_label;
  const value* last_found = nullptr;
  unknown_fields policy = unknown_fields::ignored;

  void parse(std::string_view text) {
    rapidjson::MemoryStream in{text.data(), text.size()};
    parser from{&*stacks};
    parsed.emplace(&*values, first_stack_bytes, &*stacks);
    const bool is_plain = store::is_plain_text(text);
    const auto read_all = [&](document& made) {
      document_values to{made};
      return !(is_plain ? from.Parse<parse_flags>(in, to)
                        : from.Parse<parse_flags | check_encoding>(in, to))
                .IsError();
    };
    parsed->Populate(read_all);
    if (from.GetParseErrorCode() == rapidjson::kParseErrorTermination)
      refuse("the number before byte " + std::to_string(in.Tell())
             + " is out of range");
    if (from.HasParseError())
      refuse("not JSON at byte " + std::to_string(from.GetErrorOffset()) + ": "
             + rapidjson::GetParseError_En(from.GetParseErrorCode()));
  }

  /// For the next text.
  void clear() {
    parsed.reset();
    (*values).Clear();
    (*stacks).Clear();
    nodes.clear();
    next_name = nullptr;
    last_label.clear();
    last_found = nullptr;
  }

  [[nodiscard]] std::string path(const std::string& last) const {
    std::string text;
    for (const auto& node : nodes)
      if (!node.label.empty())
        text += (text.empty() || node.label.front() == '[' ? "" : ".")
                + node.label;
    if (!last.empty())
      text += (text.empty() || last.front() == '[' ? "" : ".") + last;
    return text.empty() ? "the value" : "field " + text;
  }

  /// Finds the next value without consuming it.
  const value& peek() {
    if (nodes.empty()) {
      last_label.clear();
      return *parsed;
    }
    auto& node = nodes.back();
    if (node.inside->IsArray()) {
      last_label = "[" + std::to_string(node.next) + "]";
      if (next_name != nullptr)
        refuse(path("") + " should be an object, is an array");
      if (node.next >= node.inside->Size())
        refuse(path(last_label) + " is missing");
      return (*node.inside)[node.next];
    }
    last_label = next_name != nullptr ? std::string{next_name}
                                      : "value" + std::to_string(node.unnamed);
    const auto found = node.inside->FindMember(last_label.c_str());
    if (found == node.inside->MemberEnd())
      refuse(path(last_label) + " is missing");
    last_found = &found->value;
    return found->value;
  }

  void consume() {
    if (nodes.empty())
      return;
    auto& node = nodes.back();
    if (node.inside->IsArray()) {
      ++node.next;
    } else {
      if (next_name == nullptr)
        ++node.unnamed;
      if (policy == unknown_fields::refused)
        node.taken.push_back(last_found);
    }
    next_name = nullptr;
  }

  const value& take() {
    const auto& found = peek();
    consume();
    return found;
  }

  [[noreturn]] void wrong_kind(std::string_view wanted,
                               const value& found) const {
    refuse(path(last_label) + " should be " + std::string{wanted} + ", is "
           + std::string{kind_of(found)});
  }

  void refuse_unknown(const open_node& node) const {
    if (policy != unknown_fields::refused || !node.inside->IsObject())
      return;
    for (const auto& member : node.inside->GetObject())
      if (std::find(node.taken.begin(), node.taken.end(), &member.value)
          == node.taken.end())
        refuse(path(member.name.GetString()) + " is not known or given twice");
  }
};

json_reader::json_reader(std::string_view text, unknown_fields policy)
  : state_{store::spare<state>::take()} {
  state_->policy = policy;
  if (text.size() > limits::payload_bytes_max)
    throw codec_failure{codec_failure::reason::too_large,
                        "the text is larger than 1 MiB"};
  if (store::is_nested_deeper(text, limits::payload_depth_max))
    throw codec_failure{codec_failure::reason::too_large,
                        "the text is nested deeper than 64 levels"};
  state_->parse(text);
}

json_reader::~json_reader() {
  state_->clear();
  store::spare<state>::give_back(std::move(state_));
}

void json_reader::name(const char* next) {
  state_->next_name = next;
}

void json_reader::start_node() {
  const auto& found = state_->take();
  if (!found.IsObject() && !found.IsArray())
    state_->wrong_kind("an object or an array", found);
  state_->nodes.push_back({&found, state_->last_label});
}

void json_reader::finish_node() {
  state_->refuse_unknown(state_->nodes.back());
  state_->last_label = state_->nodes.back().label;
  state_->nodes.pop_back();
}

std::size_t json_reader::size() {
  const auto& inside = *state_->nodes.back().inside;
  if (!inside.IsArray())
    fail_node("should be an array, is " + std::string{kind_of(inside)});
  return inside.Size();
}

bool json_reader::read_null() {
  if (!state_->peek().IsNull())
    return false;
  state_->consume();
  return true;
}

void json_reader::read(bool& read) {
  const auto& found = state_->take();
  if (!found.IsBool())
    state_->wrong_kind("true or false", found);
  read = found.GetBool();
}

void json_reader::read(std::int64_t& read) {
  const auto& found = state_->take();
  if (!found.IsInt64())
    state_->wrong_kind("a whole number within 64 bits", found);
  read = found.GetInt64();
}

void json_reader::read(std::uint64_t& read) {
  const auto& found = state_->take();
  if (!found.IsUint64())
    state_->wrong_kind("a whole number from 0 within 64 bits", found);
  read = found.GetUint64();
}

void json_reader::read(double& read) {
  const auto& found = state_->take();
  if (!found.IsNumber())
    state_->wrong_kind("a number", found);
  read = found.GetDouble();
}

void json_reader::read(std::string& read) {
  const auto& found = state_->take();
  if (!found.IsString())
    state_->wrong_kind("a string", found);
  // An escape can say what the text itself cannot hold.
  if (!store::is_storable_text({found.GetString(), found.GetStringLength()}))
    fail_last("holds a NUL or is not valid UTF-8");
  read.assign(found.GetString(), found.GetStringLength());
}

void json_reader::fail_last(const std::string& message) const {
  refuse(state_->path(state_->last_label) + " " + message);
}

void json_reader::fail_node(const std::string& message) const {
  refuse(state_->path("") + " " + message);
}

} // namespace cafes::detail
