// SPDX-License-Identifier: MIT
#include "apps/application/view_follow.hpp"

#include "apps/application/document_json.hpp"
#include "apps/application/program.hpp"

#include <iostream>

namespace cafes::program {

namespace {

using nlohmann::json;

void print(const expected<view_change<std::string>>& told) {
  if (!told) {
    std::cerr << describe(told.error()) << '\n';
    return;
  }
  for (const auto& [key, data] : told->put)
    std::cout << with_key(key, data).dump() << '\n';
  for (const auto& key : told->gone)
    std::cout << json{{"gone", key}}.dump() << '\n';
  std::cout.flush();
}

} // namespace

stop_request::stop_request() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

void stop_request::wait() const {
  int came = 0;
  sigwait(&signals_, &came);
}

int follow_view(runtime& service, const std::string& projection,
                const view_query& asked, const stop_request& stop) {
  const auto watching = service.watch_documents(projection, asked, print);
  if (!watching)
    return report(watching.error());
  stop.wait();
  return 0;
}

} // namespace cafes::program
