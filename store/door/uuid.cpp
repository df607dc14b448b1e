// SPDX-License-Identifier: MIT
#include <cafes/uuid.hpp>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_io.hpp>

#include <algorithm>
#include <exception>

namespace cafes {

namespace {

uuid from_boost(const boost::uuids::uuid& id) {
  uuid ours;
  std::copy(id.begin(), id.end(), ours.bytes.begin());
  return ours;
}

boost::uuids::uuid to_boost(const uuid& id) {
  boost::uuids::uuid theirs;
  std::copy(id.bytes.begin(), id.bytes.end(), theirs.begin());
  return theirs;
}

} // namespace

uuid random_uuid() {
  thread_local boost::uuids::random_generator generate;
  return from_boost(generate());
}

uuid name_uuid(const uuid& name_space, std::string_view name) {
  const boost::uuids::name_generator_sha1 generate{to_boost(name_space)};
  return from_boost(generate(name.data(), name.size()));
}

expected<uuid> parse_uuid(std::string_view text) {
  const auto refused = [&] {
    return failure(errc::invalid_argument,
                   "\"" + std::string{text.substr(0, 80)}
                     + "\" is no UUID of the form "
                       "0f8fad5b-d9cb-469f-a165-70867728950e");
  };
  if (text.size() != 36)
    return refused();
  try {
    return from_boost(
      boost::uuids::string_generator{}(text.begin(), text.end()));
  } catch (const std::exception&) {
    return refused();
  }
}

std::string to_string(const uuid& id) {
  return boost::uuids::to_string(to_boost(id));
}

} // namespace cafes
