# thimble_discover_tests(TARGET [WORKING_DIRECTORY DIR] [PROPERTIES NAME VALUE...])
#
# Adds a CTest entry TARGET.ID for each test that the executable lists. ctest asks it
# when the executable is newer than its last answer, so a new test needs no new run of
# cmake.
set(_THIMBLE_ADD_TESTS "${CMAKE_CURRENT_LIST_DIR}/thimbleAddTests.cmake")

function(thimble_discover_tests target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "WORKING_DIRECTORY" "PROPERTIES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "thimble_discover_tests: unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_WORKING_DIRECTORY)
    set(arg_WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
  endif()

  # One file a configuration, for generators that have several.
  set(base "${CMAKE_CURRENT_BINARY_DIR}/${target}-thimble")
  file(GENERATE OUTPUT "${base}-$<CONFIG>.cmake" CONTENT
"set(thimble_target [==[${target}]==])
set(thimble_executable [==[$<TARGET_FILE:${target}>]==])
set(thimble_emulator [==[$<TARGET_PROPERTY:${target},CROSSCOMPILING_EMULATOR>]==])
set(thimble_directory [==[${arg_WORKING_DIRECTORY}]==])
set(thimble_properties [==[${arg_PROPERTIES}]==])
set(thimble_list [==[${base}-$<CONFIG>-tests.cmake]==])
include([==[${_THIMBLE_ADD_TESTS}]==])
")
  get_property(several GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  set(configuration "${CMAKE_BUILD_TYPE}")
  if(several)
    set(configuration "\${CTEST_CONFIGURATION_TYPE}")
  endif()
  file(WRITE "${base}.cmake" "include(\"${base}-${configuration}.cmake\")\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${base}.cmake")
endfunction()
