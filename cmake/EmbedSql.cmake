# SPDX-License-Identifier: MIT
#
# SQL stands in .sql files, one statement a file, and is compiled in:
#
#   cafes_embed_sql(
#     cafes_store
#     NAMESPACE cafes::store::postgres::sql
#     HEADER store/postgres/sql.hpp
#     FILES sql/append_one.sql sql/read_log.sql
#   )
#
# gives `#include "store/postgres/sql.hpp"` with, in that namespace,
#
#   inline constexpr std::string_view append_one = ...;  // by file stem
#   inline constexpr embedded all[] = {{"append_one", append_one}, ...};
#
# `all` keeps the order of FILES, which is what migrations need. A stem that
# starts with a digit, as theirs do, is no C++ name: 0001_events.sql becomes
# `n0001_events`, and stays "0001_events" in `all`.
# The header is made again when one of the files changes.

set(_CAFES_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/embed_sql_script.cmake")

function(cafes_embed_sql target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAMESPACE;HEADER" "FILES")
  if(NOT arg_NAMESPACE OR NOT arg_HEADER OR NOT arg_FILES)
    message(FATAL_ERROR "cafes_embed_sql needs NAMESPACE, HEADER and FILES")
  endif()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "cafes_embed_sql: what is ${arg_UNPARSED_ARGUMENTS}?")
  endif()

  set(files)
  foreach(file IN LISTS arg_FILES)
    cmake_path(ABSOLUTE_PATH file NORMALIZE)
    if(NOT EXISTS "${file}")
      message(FATAL_ERROR "cafes_embed_sql: no such file: ${file}")
    endif()
    list(APPEND files "${file}")
  endforeach()

  set(root "${PROJECT_BINARY_DIR}/generated")
  add_custom_command(
    OUTPUT "${root}/${arg_HEADER}"
    COMMAND
      "${CMAKE_COMMAND}" "-DNAMESPACE=${arg_NAMESPACE}"
      "-DHEADER=${root}/${arg_HEADER}" "-DFILES=${files}" -P
      "${_CAFES_EMBED_SCRIPT}"
    DEPENDS ${files} "${_CAFES_EMBED_SCRIPT}"
    COMMENT "Embedding SQL into ${arg_HEADER}"
    VERBATIM
  )
  target_sources(${target} PRIVATE "${root}/${arg_HEADER}")
  # PUBLIC: tests of the room read the same statements.
  target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${root}>")
endfunction()
