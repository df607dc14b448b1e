// SPDX-License-Identifier: MIT

// The main() of every test binary.
#define BOOST_TEST_MODULE cafes
#include <boost/test/unit_test.hpp>
