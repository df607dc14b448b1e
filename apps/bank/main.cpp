// SPDX-License-Identifier: MIT
#include "apps/bank/import.hpp"
#include "apps/bank/large_withdrawals.hpp"
#include "domain/account.hpp"
#include "domain/audit.hpp"
#include "domain/balances.hpp"
#include "domain/daily_totals.hpp"

#include <cafes/application.hpp>

int main(int argc, char** argv) {
  cafes::application app{"bank"};
  app.aggregate<bank::account>();
  app.projection<bank::balances>();
  app.projection<bank::daily_totals>();
  app.projection<bank::audit>();
  app.add(bank::import_verb());
  app.add(bank::large_withdrawals_option());
  return app.main(argc, argv);
}
