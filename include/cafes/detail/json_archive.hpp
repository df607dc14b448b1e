// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/json_reader.hpp>
#include <cafes/detail/json_writer.hpp>

#include <cereal/cereal.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <optional>
#include <type_traits>

// Cereal archives over json_writer and json_reader. Cereal's own JSON archive
// is not used: it writes through an ostream with line breaks, its parser
// recurses, and it sizes containers before looking at the input.

namespace cafes::detail {

class json_output_archive
  : public cereal::OutputArchive<json_output_archive,
                                 cereal::AllowEmptyClassElision>,
    public cereal::traits::TextArchive {
public:
  explicit json_output_archive(std::string& out)
    : OutputArchive{this}, writer{out} {}

  json_writer writer;
};

class json_input_archive
  : public cereal::InputArchive<json_input_archive,
                                cereal::AllowEmptyClassElision>,
    public cereal::traits::TextArchive {
public:
  json_input_archive(std::string_view text, unknown_fields policy)
    : InputArchive{this}, reader{text, policy} {}

  json_reader reader;
};

template <class Type>
inline constexpr bool is_optional = false;
template <class Value>
inline constexpr bool is_optional<std::optional<Value>> = true;

/// Types that are one JSON value by themselves, so no node is opened.
template <class Type, class Archive>
concept leaf = std::is_arithmetic_v<Type> || std::is_same_v<
  Type, std::string> || std::is_enum_v<Type> || is_optional<Type> || cereal::
  traits::has_minimal_output_serialization<Type, json_output_archive>::value;

// -- output -------------------------------------------------------------------

template <class Type>
void prologue(json_output_archive& archive, const Type&) {
  if constexpr (!leaf<Type, json_output_archive>)
    archive.writer.start_node();
}

template <class Type>
void epilogue(json_output_archive& archive, const Type&) {
  if constexpr (!leaf<Type, json_output_archive>)
    archive.writer.finish_node();
}

template <class Type>
void prologue(json_output_archive&, const cereal::NameValuePair<Type>&) {}
template <class Type>
void epilogue(json_output_archive&, const cereal::NameValuePair<Type>&) {}
template <class Type>
void prologue(json_output_archive&, const cereal::SizeTag<Type>&) {}
template <class Type>
void epilogue(json_output_archive&, const cereal::SizeTag<Type>&) {}

template <class Type>
void CEREAL_SAVE_FUNCTION_NAME(json_output_archive& archive,
                               const cereal::NameValuePair<Type>& pair) {
  archive.writer.name(pair.name);
  archive(pair.value);
}

template <class Type>
void CEREAL_SAVE_FUNCTION_NAME(json_output_archive& archive,
                               const cereal::SizeTag<Type>&) {
  archive.writer.make_array();
}

template <class Number>
  requires std::is_arithmetic_v<Number>
void CEREAL_SAVE_FUNCTION_NAME(json_output_archive& archive,
                               const Number& value) {
  if constexpr (std::same_as<Number, bool>)
    archive.writer.write(value);
  else if constexpr (std::is_floating_point_v<Number>)
    archive.writer.write(static_cast<double>(value));
  else if constexpr (std::is_signed_v<Number>)
    archive.writer.write(static_cast<std::int64_t>(value));
  else
    archive.writer.write(static_cast<std::uint64_t>(value));
}

inline void CEREAL_SAVE_FUNCTION_NAME(json_output_archive& archive,
                                      const std::string& value) {
  archive.writer.write(std::string_view{value});
}

template <class Value>
void CEREAL_SAVE_FUNCTION_NAME(json_output_archive& archive,
                               const std::optional<Value>& value) {
  if (value)
    archive(*value);
  else
    archive.writer.write_null();
}

/// As an array; Cereal's own function would make an object of it.
template <class Value, std::size_t Size>
void CEREAL_SAVE_FUNCTION_NAME(json_output_archive& archive,
                               const std::array<Value, Size>& values) {
  archive.writer.make_array();
  for (const auto& value : values)
    archive(value);
}

// -- input --------------------------------------------------------------------

template <class Type>
void prologue(json_input_archive& archive, const Type&) {
  if constexpr (!leaf<Type, json_input_archive>)
    archive.reader.start_node();
}

template <class Type>
void epilogue(json_input_archive& archive, const Type&) {
  if constexpr (!leaf<Type, json_input_archive>)
    archive.reader.finish_node();
}

template <class Type>
void prologue(json_input_archive&, const cereal::NameValuePair<Type>&) {}
template <class Type>
void epilogue(json_input_archive&, const cereal::NameValuePair<Type>&) {}
template <class Type>
void prologue(json_input_archive&, const cereal::SizeTag<Type>&) {}
template <class Type>
void epilogue(json_input_archive&, const cereal::SizeTag<Type>&) {}

template <class Type>
void CEREAL_LOAD_FUNCTION_NAME(json_input_archive& archive,
                               cereal::NameValuePair<Type>& pair) {
  archive.reader.name(pair.name);
  archive(pair.value);
}

template <class Type>
void CEREAL_LOAD_FUNCTION_NAME(json_input_archive& archive,
                               cereal::SizeTag<Type>& tag) {
  tag.size = static_cast<std::remove_reference_t<Type>>(archive.reader.size());
}

template <class Number>
  requires std::is_arithmetic_v<Number>
void CEREAL_LOAD_FUNCTION_NAME(json_input_archive& archive, Number& value) {
  if constexpr (std::same_as<Number, bool>) {
    archive.reader.read(value);
  } else if constexpr (std::is_floating_point_v<Number>) {
    double read = 0;
    archive.reader.read(read);
    if (read < std::numeric_limits<Number>::lowest()
        || read > std::numeric_limits<Number>::max())
      archive.reader.fail_last("is out of range");
    value = static_cast<Number>(read);
  } else {
    using wide = std::conditional_t<std::is_signed_v<Number>, std::int64_t,
                                    std::uint64_t>;
    wide read = 0;
    archive.reader.read(read);
    if (read < std::numeric_limits<Number>::min()
        || read > std::numeric_limits<Number>::max())
      archive.reader.fail_last("is out of range");
    value = static_cast<Number>(read);
  }
}

inline void CEREAL_LOAD_FUNCTION_NAME(json_input_archive& archive,
                                      std::string& value) {
  archive.reader.read(value);
}

template <class Value>
void CEREAL_LOAD_FUNCTION_NAME(json_input_archive& archive,
                               std::optional<Value>& value) {
  if (archive.reader.read_null()) {
    value.reset();
    return;
  }
  archive(value.emplace());
}

template <class Value, std::size_t Size>
void CEREAL_LOAD_FUNCTION_NAME(json_input_archive& archive,
                               std::array<Value, Size>& values) {
  if (archive.reader.size() != Size)
    archive.reader.fail_node("should have " + std::to_string(Size)
                             + " elements");
  for (auto& value : values)
    archive(value);
}

} // namespace cafes::detail

CEREAL_SETUP_ARCHIVE_TRAITS(cafes::detail::json_input_archive,
                            cafes::detail::json_output_archive)
