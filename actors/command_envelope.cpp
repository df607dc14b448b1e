// SPDX-License-Identifier: MIT
#include "actors/command_envelope.hpp"

#include "actors/journal.hpp"

#include <cafes/detail/assert.hpp>

#include <exception>
#include <utility>
#include <variant>

namespace cafes::actors {

command_envelope::command_envelope(order given, std::shared_ptr<admission> gate,
                                   std::shared_ptr<counters> counted)
  : given_{std::move(given)},
    gate_{std::move(gate)},
    counters_{std::move(counted)} {}

command_envelope::~command_envelope() {
  if (answered_)
    return;
  const auto name = to_string(given_.stream);
  if (may_be_stored_)
    fail({errc::outcome_unknown,
          name + " stopped while its events were being written"});
  else
    fail({errc::unavailable, name + " stopped before it decided"});
}

void command_envelope::answer(detail::erased_outcome ended) {
  CAFES_ASSERT(!answered_);
  answered_ = true;
  if (std::holds_alternative<error>(ended.ended))
    ++counters_->failed;
  else if (std::holds_alternative<detail::any_decision::refusal>(ended.ended))
    ++counters_->rejected;
  else
    ++counters_->accepted;
  // The place is free before the caller hears: it may send the next at once.
  gate_->leave(given_.asked.bytes);
  try {
    given_.then(std::move(ended));
  } catch (const std::exception& thrown) {
    journal().error("{} the continuation of a command threw: {}",
                    to_string(given_.stream), thrown.what());
  } catch (...) { // whatever it was, it must not leave our destructor
    journal().error("{} the continuation of a command threw",
                    to_string(given_.stream));
  }
}

void command_envelope::fail(error why) {
  answer(detail::erased_outcome{std::move(why)});
}

} // namespace cafes::actors
