# Puts a link to the installed loader into a GCC's plugin folder, ${folder}, so that
# -fplugin=thimble finds it. An installation never fails for it.
if(wanted STREQUAL "AUTO" AND NOT CMAKE_INSTALL_PREFIX MATCHES "^/usr(/local)?/?$")
  return()
endif()
if(wanted STREQUAL "AUTO" OR wanted)
  if(NOT "$ENV{DESTDIR}" STREQUAL "")
    message(STATUS "Not linked into ${folder}: this is a staged installation")
    return()
  endif()
  file(CREATE_LINK "${CMAKE_INSTALL_PREFIX}/lib/thimble/thimble.so" "${folder}/thimble.so"
       RESULT error SYMBOLIC)
  if(error STREQUAL "0")
    message(STATUS "Linked: ${folder}/thimble.so")
  else()
    message(STATUS "Not linked into ${folder} (${error}): -fplugin needs the path there")
  endif()
endif()
