// SPDX-License-Identifier: MIT
#include "tests/soak/decide_intent.hpp"

namespace cafes::soak {

ledger_account::decision decide(const ledger_account::state& now,
                                const intent& said) {
  const bank::cents amount{said.amount};
  switch (said.what) {
    case asked::open:
      return ledger_account::decide(now, bank::open{"", amount});
    case asked::deposit:
      return ledger_account::decide(now, bank::deposit{amount, said.reference});
    case asked::deposit_in_parts:
      return ledger_account::decide(now, deposit_in_parts{amount, said.parts,
                                                          said.reference});
    case asked::withdraw:
      return ledger_account::decide(now,
                                    bank::withdraw{amount, said.reference});
    case asked::close:
      break;
  }
  return ledger_account::decide(now, bank::close{});
}

wanted_event wanted_by(const intent& said) {
  switch (said.what) {
    case asked::open:
      return {bank::opened::event_name, said.amount, {}};
    case asked::deposit:
      return {bank::deposited::event_name, said.amount, said.reference};
    case asked::deposit_in_parts:
      return {bank::deposited::event_name, said.amount / said.parts,
              said.reference};
    case asked::withdraw:
      return {bank::withdrawn::event_name, said.amount, said.reference};
    case asked::close:
      break;
  }
  return {bank::closed::event_name, 0, {}};
}

std::size_t events_of(const intent& said) {
  return said.what == asked::deposit_in_parts
           ? static_cast<std::size_t>(said.parts)
           : 1;
}

std::string stream_of(const intent& said) {
  return std::string{ledger_account::category} + "-" + said.account;
}

bool fold(ledger_account::state& now, const test::stored_event& event) {
  const bank::cents amount{event.amount};
  if (event.type == bank::opened::event_name)
    ledger_account::evolve(now, bank::opened{"", amount});
  else if (event.type == bank::deposited::event_name)
    ledger_account::evolve(now, bank::deposited{amount, ""});
  else if (event.type == bank::withdrawn::event_name)
    ledger_account::evolve(now, bank::withdrawn{amount, ""});
  else if (event.type == bank::closed::event_name)
    ledger_account::evolve(now, bank::closed{});
  else
    return false;
  return true;
}

} // namespace cafes::soak
