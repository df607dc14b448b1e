// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace cafes::program {

/// The document's fields with its key in front; json sorts them by name, so
/// that every backend shows the same.
inline nlohmann::json with_key(const std::string& key,
                               const std::string& data) {
  auto document = nlohmann::json::parse(data);
  if (document.contains("key"))
    return {{"key", key}, {"document", std::move(document)}};
  document["key"] = key;
  return document;
}

} // namespace cafes::program
