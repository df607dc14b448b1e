# SPDX-License-Identifier: MIT
#
# cmake -DNAMESPACE=a::b -DHEADER=out.hpp -DFILES=x.sql;y.sql -P this
# Run by cafes_embed_sql(); see EmbedSql.cmake for what comes out.

cmake_minimum_required(VERSION 3.25)

# Compilers need not accept longer literals; adjacent ones are joined anyway.
set(piece_bytes_max 16000)
set(delimiter "cafes_sql")

# Gives `text` as raw string literals, cut at line ends only: a cut elsewhere
# could separate the bytes of one UTF-8 character, which is ill-formed.
function(as_literals out text file)
  string(FIND "${text}" ")${delimiter}\"" clash)
  if(NOT clash EQUAL -1)
    message(FATAL_ERROR "${file}: contains the raw string delimiter")
  endif()
  set(literals "")
  while(TRUE)
    string(LENGTH "${text}" rest)
    if(rest LESS_EQUAL piece_bytes_max)
      string(APPEND literals "R\"${delimiter}(${text})${delimiter}\"")
      break()
    endif()
    string(SUBSTRING "${text}" 0 ${piece_bytes_max} piece)
    string(FIND "${piece}" "\n" cut REVERSE)
    if(cut EQUAL -1)
      message(FATAL_ERROR "${file}: a line above ${piece_bytes_max} bytes")
    endif()
    math(EXPR cut "${cut} + 1")
    string(SUBSTRING "${text}" 0 ${cut} piece)
    string(SUBSTRING "${text}" ${cut} -1 text)
    string(APPEND literals "R\"${delimiter}(${piece})${delimiter}\"\n    ")
  endwhile()
  set(${out} "${literals}" PARENT_SCOPE)
endfunction()

set(constants "")
set(table "")
set(seen "")
foreach(file IN LISTS FILES)
  cmake_path(GET file STEM LAST_ONLY stem)
  if(NOT stem MATCHES "^[a-z0-9][a-z0-9_]*$")
    message(FATAL_ERROR "${file}: name it in lower case, digits, underscores")
  endif()
  if(stem IN_LIST seen)
    message(FATAL_ERROR "${file}: two files would be called ${stem}")
  endif()
  list(APPEND seen "${stem}")
  set(name "${stem}")
  if(name MATCHES "^[0-9]")
    set(name "n${name}")
  endif()
  file(READ "${file}" text)
  as_literals(literals "${text}" "${file}")
  string(APPEND constants
         "inline constexpr std::string_view ${name} =\n    ${literals};\n\n")
  string(APPEND table "    {\"${stem}\", ${name}},\n")
endforeach()

file(WRITE "${HEADER}"
"// Generated from .sql files: change those instead.
#pragma once

#include <string_view>

namespace ${NAMESPACE} {

${constants}struct embedded {
  std::string_view name;
  std::string_view text;
};

inline constexpr embedded all[] = {
${table}};

} // namespace ${NAMESPACE}
")
