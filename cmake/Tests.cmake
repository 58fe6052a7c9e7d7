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
target_link_libraries(core_test PRIVATE ${CMAKE_DL_LIBS})
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
thimble_add_runtime_test(memory $<TARGET_OBJECTS:runtime_program>)
thimble_add_runtime_test(mock $<TARGET_OBJECTS:runtime_program> $<TARGET_OBJECTS:runtime_mock>
  runtime/check/block.c runtime/check/errors.c)
thimble_add_runtime_test(runtime $<TARGET_OBJECTS:runtime_program>
  $<TARGET_OBJECTS:runtime_runner> $<TARGET_OBJECTS:runtime_mock>)

# What the tests of reports run: the reports without a runner.
add_executable(report_player tests/reports/play.c $<TARGET_OBJECTS:runtime_program>
  $<TARGET_OBJECTS:runtime_runner> $<TARGET_OBJECTS:runtime_mock>)
thimble_use_runtime_flags(report_player)
set_target_properties(report_player PROPERTIES
  RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
target_link_libraries(report_player PRIVATE "${LIBFFI}" Threads::Threads ${CMAKE_DL_LIBS})

# What repr's fuzz runs, with all of the runtime that it needs under the sanitizers, but for what
# is called before they are ready: malloc.
if(THIMBLE_HAS_SANITIZERS)
  file(GLOB fuzz_sources CONFIGURE_DEPENDS tests/fuzz/*.c runtime/base/*.c runtime/registry/*.c
       runtime/repr/*.c)
  list(FILTER fuzz_sources EXCLUDE REGEX "/door_repr\\.c$")
  file(GLOB fuzz_tracker CONFIGURE_DEPENDS runtime/tracker/*.c runtime/debug/door_memory.c)
  add_library(fuzz_tracker OBJECT ${fuzz_tracker})
  thimble_use_runtime_flags(fuzz_tracker)
  add_executable(repr_fuzz ${fuzz_sources} runtime/mock/memory.c $<TARGET_OBJECTS:fuzz_tracker>)
  thimble_use_runtime_flags(repr_fuzz)
  target_compile_options(repr_fuzz PRIVATE -O1 -fsanitize=address,undefined
    -fno-sanitize-recover=undefined -Wno-builtin-declaration-mismatch)
  target_link_options(repr_fuzz PRIVATE -fsanitize=address,undefined)
  target_link_libraries(repr_fuzz PRIVATE Threads::Threads ${CMAKE_DL_LIBS})
  set_target_properties(repr_fuzz PROPERTIES ENABLE_EXPORTS ON
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
endif()

# ---- Programs that use what was built ------------------------------------------

function(thimble_add_script name seconds)
  add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set_tests_properties(${name} PROPERTIES TIMEOUT ${seconds})
endfunction()

thimble_add_script(loader 600 tests/loader/run "${PROJECT_BINARY_DIR}")
thimble_add_script(install 900 tests/install/run "${PROJECT_BINARY_DIR}")
thimble_add_script(collector 600 tests/collector/run "${PROJECT_BINARY_DIR}")
thimble_add_script(command 60 tests/install/command "${PROJECT_BINARY_DIR}")
thimble_add_script(isolate 120 tests/install/isolate "${PROJECT_BINARY_DIR}")
thimble_add_script(names 60 tests/install/names)
thimble_add_script(zoo 300 tests/install/zoo "${PROJECT_BINARY_DIR}")
if(TARGET thimble_scan)
  thimble_add_script(scan/command 60 tests/scan/command "${PROJECT_BINARY_DIR}")
endif()

# ---- Another compiler's eyes ---------------------------------------------------

find_program(CLANG clang)
if(CLANG)
  file(GLOB runtime_sources CONFIGURE_DEPENDS runtime/*/*.c)
  # In two halves, for two processors.
  foreach(half runtime rest)
    set(sources ${core_sources} ${loader_sources} ${command_sources})
    if(half STREQUAL runtime)
      set(sources ${runtime_sources})
    endif()
    thimble_add_script(clang-reads-it/${half} 300 "${CLANG}" -fsyntax-only -std=gnu11 -Wall -Wextra
      -Werror -Iinclude -Iplugin -DTHIMBLE_PREFIXED_ONLY -DTHIMBLE_VERSION=""
      "-DTHIMBLE_API=__attribute__((__visibility__(\"default\")))" ${sources})
  endforeach()
endif()

# ---- What is written in Python -------------------------------------------------

find_package(Python3 COMPONENTS Interpreter)
if(NOT Python3_FOUND)
  message(STATUS "Not tested: conformance and thimble scan, for which Python is missing")
  return()
endif()

function(thimble_add_python name seconds script)
  thimble_add_script(${name} ${seconds} "${Python3_EXECUTABLE}" ${script}
                     --prefix "${PROJECT_BINARY_DIR}" ${ARGN})
  set_tests_properties(${name} PROPERTIES RUN_SERIAL ON)
endfunction()

# Those of the plugins' compilers that can be run here; cross compilers can't.
function(thimble_installed result)
  list(FILTER ARGN INCLUDE REGEX "^[a-z]+-[0-9]+$")
  set(installed "")
  foreach(compiler IN LISTS ARGN)
    find_program(program_of_${compiler} ${compiler})
    if(program_of_${compiler})
      list(APPEND installed ${compiler})
    else()
      message(STATUS "Not tested: ${compiler} is not installed")
    endif()
  endforeach()
  set(${result} "${installed}" PARENT_SCOPE)
endfunction()

# Every conformance case in these modes, or in all of them.
function(thimble_add_conformance compiler)
  if(THIMBLE_TEST_LONG)
    set(ARGN "")
  endif()
  list(TRANSFORM ARGN PREPEND --mode= OUTPUT_VARIABLE modes)
  thimble_add_python(conformance/${compiler} 3600 tests/conformance/run --cc ${compiler} ${modes})
endfunction()

# Only cases about what the compiler and the linker do, in the modes that change that.
function(thimble_add_conformance_of_plugin compiler)
  list(TRANSFORM ARGN PREPEND --mode= OUTPUT_VARIABLE modes)
  set(cases asserts/shapes asserts/lines check/locals check/exits errors/ language/ linking/
            options/ seams/ memory/pair memory/types memory/wrappers mocks/chapter mocks/names
            mocks/prefixed mocks/signatures mocks/variadic)
  list(TRANSFORM cases PREPEND -k)
  thimble_add_python(conformance/plugin/${compiler} 3600 tests/conformance/run --cc ${compiler}
                     ${modes} ${cases})
endfunction()

# Only cases in which the runtime does something to a program's memory, stacks and signals; repr
# and the runner have tests of their own under the sanitizers.
function(thimble_add_sanitized compiler)
  set(cases check/ debug/ fixtures/ linking/ memory/ mocks/)
  list(TRANSFORM cases PREPEND -k)
  thimble_add_python(conformance/sanitize/${compiler} 3600 tests/conformance/run --cc ${compiler}
                     --mode=sanitize ${cases})
endfunction()

# Programs of which each of two compilers makes a part.
function(thimble_add_mixed compiler partner)
  thimble_add_python(conformance/${compiler}-with-${partner} 600 tests/conformance/run
                     --cc ${compiler} --partner ${partner} --mode=mixed)
endfunction()

thimble_installed(test_gccs ${gcc_plugins})
thimble_installed(test_clangs ${clang_plugins})
list(REVERSE test_clangs)

if(THIMBLE_TEST_LONG)
  thimble_add_script(analyze 1800 "${Python3_EXECUTABLE}" tests/analyze/run --all)
  set_tests_properties(analyze PROPERTIES RUN_SERIAL ON)
endif()

set(lua --no-lua)
if(THIMBLE_TEST_REAL)
  foreach(compiler IN LISTS test_clangs ITEMS gcc)
    thimble_add_python(real/${compiler} 3600 tests/real/run --cc ${compiler})
  endforeach()
  set(lua "")
endif()
if(TARGET thimble_scan)
  # Clang's plugin reads as `thimble scan` does; GCC's is the other pair of eyes.
  set(compilers "")
  if(THIMBLE_TEST_LONG)
    set(compilers ${test_clangs})
  endif()
  list(TRANSFORM compilers PREPEND --cc=)
  thimble_add_python(scan/plugins 900 tests/scan/run ${lua} --cc=gcc ${compilers})
endif()

# What an assert that holds costs: nothing.
set(compilers "")
foreach(list test_gccs test_clangs)
  if(${list})
    list(GET ${list} 0 first)
    list(APPEND compilers --cc=${first})
  endif()
endforeach()
thimble_add_python(codegen 300 tests/codegen/run ${compilers})

thimble_add_python(reports 120 tests/reports/run)

thimble_add_python(memory 120 tests/install/memory)
set(allocations 200000)
if(THIMBLE_TEST_LONG)
  set(allocations 10000000)
endif()
thimble_add_python(memory/soak 600 tests/memory/soak --allocations ${allocations} ${compilers})
# Locals behind a block that was left by a jump.
set(programs 48)
if(NOT THIMBLE_TEST_LONG)
  set(programs 2)
endif()
thimble_add_python(blocks 900 tests/blocks/run --programs ${programs} ${compilers})

# Types, functions and what replaces them, crossed: the first of each family, or all.
set(compilers "")
foreach(list test_gccs test_clangs)
  if(THIMBLE_TEST_LONG)
    list(APPEND compilers ${${list}})
  elseif(${list})
    list(GET ${list} 0 first)
    list(APPEND compilers ${first})
  endif()
endforeach()
list(TRANSFORM compilers PREPEND --cc=)
thimble_add_python(crossing 900 tests/crossing/run ${compilers})

# What repr prints, read by the other compiler, and repr of what nobody would print.
set(first_clang "")
if(test_clangs)
  list(GET test_clangs 0 first_clang)
endif()
set(compilers gcc ${first_clang})
list(TRANSFORM compilers PREPEND --cc=)
thimble_add_python(repr/roundtrip 600 tests/roundtrip/run ${compilers})
if(TARGET repr_fuzz)
  thimble_add_python(repr/fuzz 600 tests/fuzz/run)
endif()

# Tests that misbehave, and what sanitizers say of the runner: the machine's own GCC, or the
# newest Clang where there is none; --long all of them.
set(compilers ${test_gccs} ${test_clangs})
set(long --long)
if(NOT THIMBLE_TEST_LONG)
  list(SUBLIST compilers 0 1 compilers)
  set(long "")
endif()
list(TRANSFORM compilers PREPEND --cc=)
thimble_add_python(nasty 900 tests/nasty/run ${long} ${compilers})
thimble_add_python(nasty/many 600 tests/nasty/many ${long})
thimble_add_python(sanitizers 600 tests/sanitizers/run ${long} ${compilers})

# Debuggers, on a terminal of the system's own Python's, which has pexpect: the first compiler of
# each family, in each a level, or all.
set(gcc "")
set(clang "")
if(test_gccs)
  list(GET test_gccs 0 gcc)
endif()
if(test_clangs)
  list(GET test_clangs 0 clang)
endif()
find_program(GDB gdb)
execute_process(COMMAND /usr/bin/python3 -c "import pexpect" RESULT_VARIABLE no_pexpect
                OUTPUT_QUIET ERROR_QUIET)
if(GDB AND NOT no_pexpect)
  set(prefix --prefix "${PROJECT_BINARY_DIR}")
  thimble_add_script(debug/command 300 tests/debug/command ${prefix})
  thimble_add_script(debug/stops 300 tests/debug/stops ${prefix} ${compilers})
  if(THIMBLE_TEST_LONG)
    thimble_add_script(debug/sessions 600 tests/debug/sessions ${prefix})
  else()
    thimble_add_script(debug/sessions 300 tests/debug/sessions ${prefix} ${gcc}:-O0 ${clang}:-Og)
  endif()
  set_tests_properties(debug/sessions PROPERTIES RUN_SERIAL ON)
else()
  message(STATUS "Not tested: debuggers, for which gdb or pexpect is missing (Debian: gdb, "
                 "python3-pexpect)")
endif()
set(compilers ${gcc} ${clang})
list(TRANSFORM compilers PREPEND --cc=)
thimble_add_python(debug/commands 300 tests/debug/commands/run ${compilers})
thimble_add_python(docs/debugging 120 tests/docs/run debugging ../examples/zoo/README)
# They wait for each other most of the time.
set_tests_properties(debug/commands docs/debugging PROPERTIES RUN_SERIAL OFF)

# The pages say what is printed.
thimble_add_python(docs/running 300 tests/docs/run running)
thimble_add_python(docs/checking 120 tests/docs/run checking)
thimble_add_python(docs/fixtures 300 tests/docs/run fixtures)
thimble_add_python(docs/mocking 120 tests/docs/run mocking)
thimble_add_python(docs/memory 120 tests/docs/run memory)
thimble_add_python(docs/thimble-memory 120 tests/docs/run thimble-memory)
thimble_add_python(docs/readme 60 tests/docs/run ../README)
thimble_add_python(docs/asserts 120 tests/peers/asserts/run --check)

# The first compiler of a family runs all cases in the modes ALL and those about the plugin in
# FIRST; the others these only, in OTHERS. --long does the rest.
function(thimble_add_family compilers)
  cmake_parse_arguments(modes "" "" "ALL;FIRST;OTHERS" ${ARGN})
  set(modes_of_plugin ${modes_FIRST})
  foreach(compiler IN LISTS compilers)
    if(modes_ALL OR THIMBLE_TEST_LONG)
      thimble_add_conformance(${compiler} ${modes_ALL})
    endif()
    if(NOT THIMBLE_TEST_LONG)
      thimble_add_conformance_of_plugin(${compiler} ${modes_of_plugin})
    endif()
    set(modes_ALL "")
    set(modes_of_plugin ${modes_OTHERS})
  endforeach()
endfunction()

# The machine's own GCC is the first, and so is the newest Clang.
thimble_add_family("${test_gccs}" ALL O2 FIRST O0 lto pedantic OTHERS fortify)
thimble_add_family("${test_clangs}" ALL O0 FIRST thinlto OTHERS O3)
if(test_gccs)
  list(GET test_gccs 0 gcc)
  if(NOT THIMBLE_TEST_LONG)
    thimble_add_sanitized(${gcc})
  endif()
  set(partners ${test_clangs})
  if(partners AND NOT THIMBLE_TEST_LONG)
    list(SUBLIST partners 0 1 partners)
  endif()
  foreach(clang IN LISTS partners)
    thimble_add_mixed(${gcc} ${clang})
    if(THIMBLE_TEST_LONG)
      thimble_add_mixed(${clang} ${gcc})
    endif()
  endforeach()
endif()
