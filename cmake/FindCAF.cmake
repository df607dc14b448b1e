# SPDX-License-Identifier: MIT
#
# Finds the C++ Actor Framework where it is installed without CMake files.
# Components: core (always), io, openssl -> targets CAF::core, CAF::io, ...
# The version is read from caf/config.hpp; version ranges work:
#   find_package(CAF 0.17...<0.18 REQUIRED COMPONENTS core io)

include(FindPackageHandleStandardArgs)
find_package(Threads QUIET)

find_path(CAF_INCLUDE_DIR NAMES caf/config.hpp)
mark_as_advanced(CAF_INCLUDE_DIR)

if(CAF_INCLUDE_DIR)
  # "#define CAF_VERSION 1706" is 0.17.6.
  file(
    STRINGS "${CAF_INCLUDE_DIR}/caf/config.hpp" _caf_line
    REGEX "^#define CAF_VERSION [0-9]+"
    LIMIT_COUNT 1
  )
  string(REGEX REPLACE "^#define CAF_VERSION ([0-9]+).*" "\\1" _caf_number
         "${_caf_line}")
  if(_caf_number MATCHES "^[0-9]+$")
    math(EXPR _caf_major "${_caf_number} / 10000")
    math(EXPR _caf_minor "${_caf_number} / 100 % 100")
    math(EXPR _caf_patch "${_caf_number} % 100")
    set(CAF_VERSION "${_caf_major}.${_caf_minor}.${_caf_patch}")
  endif()
endif()

set(_caf_components core ${CAF_FIND_COMPONENTS})
list(REMOVE_DUPLICATES _caf_components)
foreach(_component IN LISTS _caf_components)
  find_library(CAF_${_component}_LIBRARY NAMES caf_${_component})
  mark_as_advanced(CAF_${_component}_LIBRARY)
  if(CAF_${_component}_LIBRARY AND CAF_INCLUDE_DIR)
    set(CAF_${_component}_FOUND TRUE)
  endif()
endforeach()

find_package_handle_standard_args(
  CAF
  REQUIRED_VARS CAF_core_LIBRARY CAF_INCLUDE_DIR
  VERSION_VAR CAF_VERSION
  HANDLE_VERSION_RANGE
  HANDLE_COMPONENTS
)

if(CAF_FOUND)
  foreach(_component IN LISTS _caf_components)
    if(NOT TARGET CAF::${_component} AND CAF_${_component}_FOUND)
      add_library(CAF::${_component} UNKNOWN IMPORTED)
      set_target_properties(
        CAF::${_component}
        PROPERTIES
          IMPORTED_LOCATION "${CAF_${_component}_LIBRARY}"
          INTERFACE_INCLUDE_DIRECTORIES "${CAF_INCLUDE_DIR}"
          INTERFACE_LINK_LIBRARIES Threads::Threads
      )
      if(NOT _component STREQUAL "core")
        target_link_libraries(CAF::${_component} INTERFACE CAF::core)
      endif()
    endif()
  endforeach()
endif()
