// SPDX-License-Identifier: MIT
#include <cafes/position.hpp>

// A number does not become a version by chance.

cafes::version first() {
#ifdef CAFES_HAPPY
  return cafes::version{1};
#else
  return 1;
#endif
}
