// SPDX-License-Identifier: MIT
#include "apps/bank/large_withdrawals.hpp"

#include <memory>

namespace bank {

std::optional<std::string>
large_withdrawals::key(const cafes::event_context& where,
                       const withdrawn& happened) {
  if (happened.amount < limit)
    return std::nullopt;
  return where.stream.key;
}

cafes::expected<void> large_withdrawals::react(const cafes::reaction& about,
                                               const withdrawn& happened) {
  return file.append({std::string{about.idempotency_key},
                      about.where.stream.key, about.where.at_version.value(),
                      happened.amount.count(), happened.reference,
                      cafes::to_string(about.where.recorded_at)});
}

cafes::program_option large_withdrawals_option() {
  const auto apply = [](cafes::definition& service,
                        const std::string& path) -> cafes::expected<void> {
    if (path.empty())
      return {};
    const auto open
      = [path]() -> cafes::expected<std::shared_ptr<large_withdrawals>> {
      auto made = std::make_shared<large_withdrawals>(path);
      if (auto opened = made->file.open(); !opened)
        return cafes::failure_of(opened);
      return made;
    };
    service.reactor<large_withdrawals>(open,
                                       {.begin = cafes::start_at::beginning});
    return {};
  };
  return {{"--large-withdrawals",
           "A file that gets a JSON line for each withdrawal of 1,000.00 or "
           "more, also of those in the past",
           ""},
          apply};
}

} // namespace bank
