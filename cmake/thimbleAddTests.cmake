# What ctest runs for thimble_discover_tests: asks the executable for its tests, keeps the
# answer in a file and includes that.

# A word as an argument in a script, whatever is in it.
function(thimble_quote_word result word)
  set(equals "==")
  string(FIND "${word}]" "]${equals}]" found)
  while(NOT found EQUAL -1)
    string(APPEND equals "=")
    string(FIND "${word}]" "]${equals}]" found)
  endwhile()
  set(${result} " [${equals}[${word}]${equals}]" PARENT_SCOPE)
endfunction()

function(thimble_quote result)
  set(text "")
  foreach(word IN LISTS ARGN)
    thimble_quote_word(quoted "${word}")
    string(APPEND text "${quoted}")
  endforeach()
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

function(thimble_write_list)
  execute_process(
    COMMAND ${thimble_emulator} "${thimble_executable}" --list --color never
    WORKING_DIRECTORY "${thimble_directory}" OUTPUT_VARIABLE output RESULT_VARIABLE status)
  if(NOT status MATCHES "^[05]$") # 5: it has no tests
    message(SEND_ERROR "${thimble_executable} --list ended with ${status}")
    return()
  endif()
  thimble_quote(command ${thimble_emulator} "${thimble_executable}")
  # A test that was skipped ended well: what its run says about it is all there is.
  thimble_quote(properties WORKING_DIRECTORY "${thimble_directory}"
                SKIP_REGULAR_EXPRESSION "(^|\n)1 skipped in [0-9.]+ s\n*$" ${thimble_properties})
  set(script "")
  # A list takes what is between brackets for one element, and cases may have names like "[".
  string(ASCII 1 semicolon)
  string(ASCII 2 open)
  string(ASCII 3 close)
  string(REPLACE ";" "${semicolon}" output "${output}")
  string(REPLACE "[" "${open}" output "${output}")
  string(REPLACE "]" "${close}" output "${output}")
  string(REPLACE "\n" ";" ids "${output}")
  foreach(id IN LISTS ids)
    if(id MATCHES "::")
      string(REPLACE "${open}" "[" id "${id}")
      string(REPLACE "${close}" "]" id "${id}")
      string(REPLACE "${semicolon}" ";" id "${id}")
      thimble_quote_word(name "${thimble_target}.${id}")
      thimble_quote_word(argument "${id}")
      string(APPEND script "add_test(${name}${command}${argument})\n"
        "set_tests_properties(${name} PROPERTIES${properties})\n")
    endif()
  endforeach()
  file(WRITE "${thimble_list}" "${script}")
endfunction()

if(NOT EXISTS "${thimble_executable}")
  add_test("${thimble_target}.NOT_BUILT" "${thimble_executable}")
else()
  if("${thimble_executable}" IS_NEWER_THAN "${thimble_list}")
    thimble_write_list()
  endif()
  include("${thimble_list}" OPTIONAL)
endif()
