// SPDX-License-Identifier: MIT
#include "store/door/json_number.hpp"
#include "store/door/json_scan.hpp"
#include "store/door/text.hpp"

#include <cafes/detail/json_reader.hpp>
#include <cafes/limits.hpp>

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cafes::detail {

namespace {

using value = rapidjson::Value;

constexpr unsigned parse_flags = rapidjson::kParseIterativeFlag
                                 | rapidjson::kParseValidateEncodingFlag
                                 | rapidjson::kParseNumbersAsStringsFlag;

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

  rapidjson::Document& to;

  explicit document_values(rapidjson::Document& document) : to{document} {}

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

  rapidjson::Document document;
  std::vector<open_node> nodes;
  const char* next_name = nullptr;
  std::string last_label;
  const value* last_found = nullptr;
  unknown_fields policy;

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
      return document;
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
  : state_{std::make_unique<state>()} {
  state_->policy = policy;
  if (text.size() > limits::payload_bytes_max)
    throw codec_failure{codec_failure::reason::too_large,
                        "the text is larger than 1 MiB"};
  if (store::json_depth(text) > limits::payload_depth_max)
    throw codec_failure{codec_failure::reason::too_large,
                        "the text is nested deeper than 64 levels"};
  rapidjson::MemoryStream in{text.data(), text.size()};
  rapidjson::Reader reader;
  const auto parse = [&](rapidjson::Document& document) {
    document_values values{document};
    return !reader.Parse<parse_flags>(in, values).IsError();
  };
  state_->document.Populate(parse);
  if (reader.GetParseErrorCode() == rapidjson::kParseErrorTermination)
    refuse("the number before byte " + std::to_string(in.Tell())
           + " is out of range");
  if (reader.HasParseError())
    refuse("not JSON at byte " + std::to_string(reader.GetErrorOffset()) + ": "
           + rapidjson::GetParseError_En(reader.GetParseErrorCode()));
}

json_reader::~json_reader() = default;

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
