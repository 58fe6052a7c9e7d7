# The entries of ctest. `scripts/check` runs all of them.

# ---- Unit tests: a folder of tests/unit each -----------------------------------

include(CheckCSourceCompiles)
set(CMAKE_REQUIRED_FLAGS "-fsanitize=address,undefined")
check_c_source_compiles("int main(void) { return 0; }" THIMBLE_HAS_SANITIZERS)
unset(CMAKE_REQUIRED_FLAGS)

function(thimble_add_unit_test name folder)
  file(GLOB sources CONFIGURE_DEPENDS tests/unit/${folder}/*.c)
  add_executable(${name} ${sources} ${ARGN})
  target_include_directories(${name} PRIVATE plugin plugin/core runtime)
  target_compile_options(${name} PRIVATE -UNDEBUG)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
  add_test(NAME unit/${folder} COMMAND ${name})
endfunction()

# The core runs inside of compilers: it is tested under the sanitizers.
thimble_add_unit_test(core_test core ${core_sources})
if(THIMBLE_HAS_SANITIZERS)
  target_compile_options(core_test PRIVATE -fsanitize=address,undefined -fno-sanitize-recover)
  target_link_options(core_test PRIVATE -fsanitize=address,undefined)
endif()

# The runtime's parts are tested from inside, with its objects but the runner's main. What
# goes into programs must do without what goes into tests.
function(thimble_add_runtime_test folder)
  thimble_add_unit_test(${folder}_test ${folder} $<TARGET_OBJECTS:thimble_core> ${ARGN})
  thimble_use_runtime_flags(${folder}_test)
  target_link_libraries(${folder}_test PRIVATE "${LIBFFI}" Threads::Threads ${CMAKE_DL_LIBS})
endfunction()

thimble_add_runtime_test(tracker $<TARGET_OBJECTS:runtime_program>)
thimble_add_runtime_test(mock $<TARGET_OBJECTS:runtime_program> $<TARGET_OBJECTS:runtime_mock>)
thimble_add_runtime_test(runtime $<TARGET_OBJECTS:runtime_program>
  $<TARGET_OBJECTS:runtime_runner> $<TARGET_OBJECTS:runtime_mock>)

# ---- Programs that use what was built ------------------------------------------

find_package(Python3 COMPONENTS Interpreter)

function(thimble_add_script name seconds)
  add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set_tests_properties(${name} PROPERTIES TIMEOUT ${seconds})
endfunction()

thimble_add_script(loader 300 tests/loader/run "${PROJECT_BINARY_DIR}")
thimble_add_script(install 600 tests/install/run "${PROJECT_BINARY_DIR}")
thimble_add_script(collector 600 tests/collector/run "${PROJECT_BINARY_DIR}")
thimble_add_script(command 60 tests/install/command "${PROJECT_BINARY_DIR}")
thimble_add_script(zoo 300 tests/install/zoo "${PROJECT_BINARY_DIR}")

# The machine's own GCC, which is the first, in every mode; the others in two, or all.
if(Python3_FOUND)
  set(modes "")
  foreach(gcc IN LISTS gccs)
    if(NOT gcc MATCHES "^(gcc-[0-9]+)=")
      continue()
    endif()
    set(compiler "${CMAKE_MATCH_1}")
    thimble_add_script(conformance/${compiler} 3600 "${Python3_EXECUTABLE}" tests/conformance/run
      --prefix "${PROJECT_BINARY_DIR}" --cc ${compiler} ${modes})
    set_tests_properties(conformance/${compiler} PROPERTIES RUN_SERIAL ON)
    if(NOT THIMBLE_TEST_LONG)
      set(modes --mode O0 --mode O2)
    endif()
  endforeach()
  if(THIMBLE_TEST_REAL)
    thimble_add_script(real 3600 "${Python3_EXECUTABLE}" tests/real/run --prefix "${PROJECT_BINARY_DIR}")
    set_tests_properties(real PROPERTIES RUN_SERIAL ON)
  endif()
endif()

# ---- Another compiler's eyes ---------------------------------------------------

find_program(CLANG clang)
if(CLANG)
  file(GLOB runtime_sources CONFIGURE_DEPENDS runtime/*/*.c)
  thimble_add_script(clang-reads-it 300 "${CLANG}" -fsyntax-only -std=gnu11 -Wall -Wextra -Werror
    -Iinclude -Iplugin -DTHIMBLE_VERSION="" "-DTHIMBLE_API=__attribute__((__visibility__(\"default\")))"
    ${runtime_sources} ${core_sources} ${loader_sources} ${command_sources})
endif()
