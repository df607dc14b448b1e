// SPDX-License-Identifier: MIT
#include "actors/process_identity.hpp"

#include <cafes/uuid.hpp>

#include <array>
#include <errno.h>
#include <unistd.h>

namespace cafes::actors {

std::string process_identity() {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0)
    host = {'?'};
  return std::string{program_invocation_short_name} + "@" + host.data()
         + " pid " + std::to_string(getpid()) + " ("
         + to_string(random_uuid()).substr(0, 8) + ")";
}

} // namespace cafes::actors
