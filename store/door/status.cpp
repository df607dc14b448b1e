// SPDX-License-Identifier: MIT
#include <cafes/status.hpp>

namespace cafes {

std::string_view to_string(projection_kind kind) {
  switch (kind) {
    case projection_kind::view:
      return "view";
    case projection_kind::reactor:
      return "reactor";
  }
  return "unknown";
}

std::string_view to_string(projection_phase phase) {
  switch (phase) {
    case projection_phase::starting:
      return "starting";
    case projection_phase::running:
      return "running";
    case projection_phase::elsewhere:
      return "elsewhere";
    case projection_phase::pausing:
      return "pausing";
    case projection_phase::paused:
      return "paused";
    case projection_phase::stopped:
      return "stopped";
  }
  return "unknown";
}

} // namespace cafes
