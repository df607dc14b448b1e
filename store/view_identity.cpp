// SPDX-License-Identifier: MIT
#include "store/view_identity.hpp"

#include "store/door/text.hpp"

#include <cafes/detail/document_field.hpp>
#include <cafes/limits.hpp>

#include <set>
#include <string_view>

namespace cafes::store {

namespace {

expected<void> check_indexed(const view_identity& view) {
  if (view.indexed.size() > limits::indexed_fields_max)
    return failure(errc::limit_exceeded,
                   "projection " + view.name + " has "
                     + std::to_string(view.indexed.size())
                     + " indexed fields, the most is "
                     + std::to_string(limits::indexed_fields_max));
  std::set<std::string_view> names;
  for (const auto& name : view.indexed) {
    if (auto field = detail::find_field(view.shape, name); !field)
      return failure(errc::invalid_argument, "an index of projection "
                                               + view.name + ": "
                                               + field.error().message);
    if (!names.insert(name).second)
      return failure(errc::invalid_argument, "projection " + view.name
                                               + " has field " + name
                                               + " indexed twice");
  }
  return {};
}

} // namespace

view_identity view_of(const detail::projection_type& type) {
  return {type.name, type.version, type.shape, type.indexed};
}

expected<void> check_view(const view_identity& view) {
  if (!is_identifier(view.name)
      || view.name.size() > limits::projection_name_bytes_max)
    return failure(errc::invalid_argument,
                   "projection \"" + view.name.substr(0, 80)
                     + "\" is not lower-case letters, digits and _, with a "
                       "letter first and at most 40 bytes");
  if (view.version < 1)
    return failure(errc::invalid_argument,
                   "projection " + view.name + " has version "
                     + std::to_string(view.version) + ", the first is 1");
  return check_indexed(view);
}

std::string row_name(const view_identity& view) {
  return view.build == 1 ? view.name
                         : view.name + "$" + std::to_string(view.build);
}

std::string label_of(const view_identity& view) {
  return view.name + " v" + std::to_string(view.version)
         + (view.build == 1 ? "" : " build " + std::to_string(view.build));
}

unexpected<error> no_view(const view_identity& view) {
  return failure(errc::invalid_argument, "there is no view " + view.name + " v"
                                           + std::to_string(view.version));
}

} // namespace cafes::store
