# The GCCs for which a plugin can be built: those whose plugin headers are
# installed. Sets `result` to a list of NAME=INCLUDE-DIRECTORY, where the plugin
# is called NAME.so: gcc-12 for a native GCC 12, gcc-12-aarch64-linux-gnu for a
# cross compiler.
function(thimble_find_gccs result)
  set(candidates "")
  foreach(directory $ENV{PATH} /usr/bin)
    string(REPLACE ":" ";" directory "${directory}")
    foreach(one IN LISTS directory)
      file(GLOB found "${one}/gcc" "${one}/gcc-[0-9]*" "${one}/*-gcc-[0-9]*")
      list(APPEND candidates ${found})
    endforeach()
  endforeach()
  if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    list(APPEND candidates "${CMAKE_C_COMPILER}")
  endif()

  set(plugins "")
  set(names "")
  foreach(compiler IN LISTS candidates)
    thimble_inspect_gcc("${compiler}" name include)
    if(name AND NOT name IN_LIST names)
      list(APPEND names "${name}")
      list(APPEND plugins "${name}=${include}")
    endif()
  endforeach()
  set(${result} "${plugins}" PARENT_SCOPE)
endfunction()

# Sets the two results to "" for what is no GCC (gcc-ar-12), is older than 11, or
# has no plugin headers.
function(thimble_inspect_gcc compiler name_result include_result)
  set(${name_result} "" PARENT_SCOPE)
  execute_process(COMMAND "${compiler}" -print-file-name=plugin RESULT_VARIABLE status
                  OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT status EQUAL 0 OR NOT EXISTS "${folder}/include/gcc-plugin.h")
    return()
  endif()
  execute_process(COMMAND "${compiler}" -dumpversion OUTPUT_VARIABLE version ERROR_QUIET)
  string(REGEX MATCH "^[0-9]+" major "${version}")
  if(NOT major OR major LESS 11)
    return()
  endif()

  # The rule of plugin/loader/compilers.c: a target other than the host makes it a cross
  # compiler, by the arguments that it was configured with.
  execute_process(COMMAND "${CMAKE_COMMAND}" -E env LC_ALL=C "${compiler}" -v
                  ERROR_VARIABLE configuration)
  foreach(key build host target)
    set(${key} "")
    if(configuration MATCHES "--${key}=([^ \n'\"]*)")
      set(${key} "${CMAKE_MATCH_1}")
    endif()
  endforeach()
  if(NOT host)
    set(host "${build}")
  endif()
  set(name "gcc-${major}")
  if(target AND NOT target STREQUAL host)
    string(APPEND name "-${target}")
  endif()
  set(${name_result} "${name}" PARENT_SCOPE)
  set(${include_result} "${folder}/include" PARENT_SCOPE)
endfunction()
