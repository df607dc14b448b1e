// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/runtime.hpp>

#include <csignal>
#include <string>

namespace cafes::program {

/// Keeps SIGINT and SIGTERM for `wait`; to be made before any thread is.
class stop_request {
public:
  stop_request();

  void wait() const;

private:
  sigset_t signals_{};
};

/// Prints the answer to a query and each change of it, a line of JSON for each
/// document, until it is asked to stop; a key that is gone as {"gone": key}.
/// Returns the exit code.
int follow_view(runtime& service, const std::string& projection,
                const view_query& asked, const stop_request& stop);

} // namespace cafes::program
