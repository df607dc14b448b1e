# SPDX-License-Identifier: MIT
#
# How this project compiles: language level, warnings, compiler cache.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Whether warnings are errors is the preset's decision, not the source's: a
# newer compiler must not break the build of somebody who embeds the project.
add_library(cafes_warnings INTERFACE)
target_compile_options(
  cafes_warnings
  INTERFACE
    -Wall
    -Wextra
    -Wpedantic
    -Wconversion
    -Wshadow
    -Wold-style-cast
    -Wnon-virtual-dtor
)

find_program(CAFES_CCACHE ccache)
mark_as_advanced(CAFES_CCACHE)
if(CAFES_CCACHE AND PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Paths within the tree are seen relative to it, so that another clone, or
  # another build folder, finds what was compiled before.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1
      "${CAFES_CCACHE}"
  )
endif()
