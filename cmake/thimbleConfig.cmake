# find_package(thimble) gives
#
#   thimble::thimble            for tests: the compiler's flag and the runtime with the
#                               runner's main
#   thimble::program            the same for a program that keeps its own main
#   thimble_discover_tests(t)   one CTest entry for each test of the executable t
#   thimble_isolate(t)          links t with the functions that nothing in the link defines
#
# Only a target's C files get the flag.
get_filename_component(_thimble_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

find_package(Threads REQUIRED)

# Units reach the runtime through weak references, which pull nothing out of an archive:
# -u does. The list makes it visible to shared objects that have units of their own.
if(NOT TARGET thimble::program)
  add_library(thimble::program INTERFACE IMPORTED)
  set_target_properties(thimble::program PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${_thimble_prefix}/include"
    INTERFACE_COMPILE_DEFINITIONS "$<$<COMPILE_LANGUAGE:C>:__THIMBLE__=1>"
    INTERFACE_COMPILE_OPTIONS
      "$<$<COMPILE_LANGUAGE:C>:-fplugin=${_thimble_prefix}/lib/thimble/thimble.so>"
    INTERFACE_LINK_OPTIONS
      "LINKER:-u,thimble_register;LINKER:--dynamic-list=${_thimble_prefix}/lib/thimble/exports.list"
    INTERFACE_LINK_LIBRARIES
      "${_thimble_prefix}/lib/libthimble-program.a;Threads::Threads;${CMAKE_DL_LIBS}")

  add_library(thimble::thimble INTERFACE IMPORTED)
  set_target_properties(thimble::thimble PROPERTIES
    INTERFACE_LINK_LIBRARIES "thimble::program;${_thimble_prefix}/lib/libthimble.a"
    INTERFACE_LINK_OPTIONS "LINKER:-u,thimble_run")
endif()

unset(_thimble_prefix)
include("${CMAKE_CURRENT_LIST_DIR}/thimbleDiscoverTests.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/thimbleIsolate.cmake")
