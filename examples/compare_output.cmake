# SPDX-License-Identifier: MIT
#
# Runs PROGRAM; fails unless it exits with 0 and prints the file EXPECTED.

execute_process(
  COMMAND "${PROGRAM}"
  OUTPUT_VARIABLE printed
  RESULT_VARIABLE ended
)
file(READ "${EXPECTED}" wanted)
if(NOT ended EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} ended with ${ended}")
endif()
if(NOT printed STREQUAL wanted)
  message(FATAL_ERROR "expected:\n${wanted}\nprinted:\n${printed}")
endif()
