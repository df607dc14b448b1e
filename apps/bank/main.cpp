// SPDX-License-Identifier: MIT
#include "apps/bank/import.hpp"
#include "domain/account.hpp"
#include "domain/balances.hpp"

#include <cafes/application.hpp>

int main(int argc, char** argv) {
  cafes::application app{"bank"};
  app.aggregate<bank::account>();
  app.projection<bank::balances>();
  app.add(bank::import_verb());
  return app.main(argc, argv);
}
