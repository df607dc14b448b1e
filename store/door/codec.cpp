// SPDX-License-Identifier: MIT
#include <cafes/codec.hpp>
#include <cafes/limits.hpp>

namespace cafes::detail {

error codec_error(std::string_view what) {
  try {
    throw;
  } catch (const codec_failure& failed) {
    return {failed.why() == codec_failure::reason::too_large
              ? errc::limit_exceeded
              : errc::invalid_argument,
            failed.what()};
  } catch (const std::exception& failed) {
    return {errc::invalid_argument,
            std::string{"cannot "} + std::string{what} + ": " + failed.what()};
  }
}

void check_encoded(const std::string& text) {
  if (text.size() > limits::payload_bytes_max)
    throw codec_failure{codec_failure::reason::too_large,
                        "the value is larger than 1 MiB as JSON"};
}

} // namespace cafes::detail
