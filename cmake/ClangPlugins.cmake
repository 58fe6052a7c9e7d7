# What is built with the headers of installed LLVMs, from 14 on: a plugin for each that
# has Clang's, and `thimble scan` with the newest that has libclang. llvm-config tells
# where they are.
set(THIMBLE_CLANGS ALL CACHE STRING
    "The Clang versions to build plugins for, as 14;19, or ALL whose headers are installed")

# Sets `result` to all there are: in the prefixes of CMAKE_PREFIX_PATH, in PATH, and
# where Debian puts them.
function(thimble_find_llvm_configs result)
  set(configs "")
  string(REPLACE ":" ";" path "$ENV{PATH}")
  list(TRANSFORM CMAKE_PREFIX_PATH APPEND "/bin" OUTPUT_VARIABLE prefixes)
  file(GLOB debian "/usr/lib/llvm-*/bin")
  foreach(folder IN LISTS prefixes path debian ITEMS /usr/bin)
    file(GLOB found "${folder}/llvm-config" "${folder}/llvm-config-[0-9]*")
    list(APPEND configs ${found})
  endforeach()
  set(${result} "${configs}" PARENT_SCOPE)
endfunction()

# The major version, "" for an LLVM that is too old, and the two folders.
function(thimble_inspect_llvm config version_result include_result library_result)
  foreach(what version includedir libdir)
    execute_process(COMMAND "${config}" --${what} OUTPUT_VARIABLE ${what}
                    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endforeach()
  string(REGEX MATCH "^[0-9]+" major "${version}")
  if(NOT major OR major LESS 14)
    set(major "")
  endif()
  set(${version_result} "${major}" PARENT_SCOPE)
  set(${include_result} "${includedir}" PARENT_SCOPE)
  set(${library_result} "${libdir}" PARENT_SCOPE)
endfunction()

# Sets `result` to a list of NAME=INCLUDE-DIRECTORY, where the plugin is called NAME.so:
# clang-19. The same one serves all of a Clang's targets.
function(thimble_find_clangs result)
  thimble_find_llvm_configs(configs)
  set(plugins "")
  set(versions "")
  foreach(config IN LISTS configs)
    thimble_inspect_llvm("${config}" version include library)
    if(NOT version OR version IN_LIST versions OR NOT EXISTS "${include}/clang/AST/AST.h"
       OR NOT EXISTS "${include}/llvm/Config/llvm-config.h")
      continue()
    endif()
    list(APPEND versions "${version}")
    if(THIMBLE_CLANGS STREQUAL "ALL" OR version IN_LIST THIMBLE_CLANGS)
      list(APPEND plugins "clang-${version}=${include}")
    endif()
  endforeach()
  foreach(version IN LISTS THIMBLE_CLANGS)
    if(NOT version STREQUAL "ALL" AND NOT version IN_LIST versions)
      message(STATUS "No plugin for Clang ${version}: its headers are not installed "
              "(Debian: libclang-${version}-dev llvm-${version}-dev)")
    endif()
  endforeach()
  list(SORT plugins COMPARE NATURAL)
  set(${result} "${plugins}" PARENT_SCOPE)
endfunction()

# The newest libclang's headers and file, or "".
function(thimble_find_libclang include_result library_result)
  thimble_find_llvm_configs(configs)
  set(newest 0)
  set(${library_result} "" PARENT_SCOPE)
  foreach(config IN LISTS configs)
    thimble_inspect_llvm("${config}" version include library)
    if(version AND version GREATER newest AND EXISTS "${include}/clang-c/Index.h"
       AND EXISTS "${library}/libclang.so")
      set(newest "${version}")
      set(${include_result} "${include}" PARENT_SCOPE)
      set(${library_result} "${library}/libclang.so" PARENT_SCOPE)
    endif()
  endforeach()
endfunction()
