# SPDX-License-Identifier: MIT
#
# Finds libpqxx where it is installed without CMake files, and libpq with it.
# Target: libpqxx::pqxx. The shared library is preferred.
# The version is read from pqxx/version.hxx by its major and minor number:
# Debian's 6.4.5 still calls itself 6.4.4 there.

include(FindPackageHandleStandardArgs)
find_package(PostgreSQL QUIET)

find_path(libpqxx_INCLUDE_DIR NAMES pqxx/version.hxx)
find_library(libpqxx_LIBRARY NAMES pqxx)
mark_as_advanced(libpqxx_INCLUDE_DIR libpqxx_LIBRARY)

if(libpqxx_INCLUDE_DIR)
  file(
    STRINGS "${libpqxx_INCLUDE_DIR}/pqxx/version.hxx" _pqxx_lines
    REGEX "^#define PQXX_VERSION_(MAJOR|MINOR) [0-9]+"
  )
  if("${_pqxx_lines}" MATCHES "MAJOR ([0-9]+).*MINOR ([0-9]+)")
    set(libpqxx_VERSION "${CMAKE_MATCH_1}.${CMAKE_MATCH_2}")
  endif()
endif()

find_package_handle_standard_args(
  libpqxx
  REQUIRED_VARS libpqxx_LIBRARY libpqxx_INCLUDE_DIR PostgreSQL_FOUND
  VERSION_VAR libpqxx_VERSION
  HANDLE_VERSION_RANGE
)

if(libpqxx_FOUND AND NOT TARGET libpqxx::pqxx)
  add_library(libpqxx::pqxx UNKNOWN IMPORTED)
  set_target_properties(
    libpqxx::pqxx
    PROPERTIES
      IMPORTED_LOCATION "${libpqxx_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${libpqxx_INCLUDE_DIR}"
      INTERFACE_LINK_LIBRARIES PostgreSQL::PostgreSQL
  )
endif()
