# thimble_isolate(TARGET)
#
# Links the target through `thimble isolate`: what its C code calls and nothing in the link
# defines is there all the same, and fails the test that gets to it without a mock.
get_filename_component(_THIMBLE_COMMAND "${CMAKE_CURRENT_LIST_DIR}/../../../bin/thimble" ABSOLUTE)

function(thimble_isolate target)
  if(ARGN)
    message(FATAL_ERROR "thimble_isolate: unknown arguments ${ARGN}")
  endif()
  if(NOT TARGET "${target}")
    message(FATAL_ERROR "thimble_isolate: there is no target ${target}")
  endif()
  if(NOT CMAKE_GENERATOR MATCHES "Makefiles|Ninja")
    message(FATAL_ERROR "thimble_isolate: ${CMAKE_GENERATOR} cannot link through a command; "
                        "use Makefiles or Ninja, or run `thimble isolate` yourself")
  endif()
  get_target_property(type "${target}" TYPE)
  if(NOT type STREQUAL "EXECUTABLE")
    message(FATAL_ERROR "thimble_isolate: ${target} is no executable")
  endif()
  set_property(TARGET "${target}" PROPERTY RULE_LAUNCH_LINK "\"${_THIMBLE_COMMAND}\" isolate")
endfunction()
