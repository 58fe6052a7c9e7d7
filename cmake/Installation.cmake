# What `cmake --install` lays out. Nothing in it holds a path: a prefix can be
# moved as a whole.

set(config "${lib}/cmake/thimble")
configure_file(cmake/thimbleConfig.cmake "${config}/thimbleConfig.cmake" COPYONLY)
configure_file(cmake/thimbleDiscoverTests.cmake "${config}/thimbleDiscoverTests.cmake" COPYONLY)
configure_file(cmake/thimbleIsolate.cmake "${config}/thimbleIsolate.cmake" COPYONLY)
include(CMakePackageConfigHelpers)
write_basic_package_version_file("${config}/thimbleConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
configure_file(cmake/thimbleAddTests.cmake "${config}/thimbleAddTests.cmake" COPYONLY)
foreach(package thimble thimble-program)
  configure_file(cmake/${package}.pc.in "${lib}/pkgconfig/${package}.pc" @ONLY)
endforeach()

install(TARGETS thimble_command RUNTIME DESTINATION bin)
install(TARGETS thimble_shared LIBRARY DESTINATION lib)
install(TARGETS ${plugin_targets} ${scan_targets} ${symbols_targets} thimble_memory
        LIBRARY DESTINATION lib/thimble)
install(FILES "${lib}/libthimble.a" "${lib}/libthimble-program.a" DESTINATION lib)
install(FILES "${plugins}/main.o" "${plugins}/exports.list" DESTINATION lib/thimble)
install(FILES ${debugger_scripts} DESTINATION lib/thimble/debugger)
install(DIRECTORY include/ DESTINATION include FILES_MATCHING PATTERN "*.h")
install(DIRECTORY "${config}" DESTINATION lib/cmake)
install(DIRECTORY "${lib}/pkgconfig" DESTINATION lib)

# -fplugin=thimble, the bare name, is looked for in GCC's own plugin folder. AUTO links
# there when the prefix is the system's: /usr or /usr/local.
set(THIMBLE_LINK_IN_GCC AUTO CACHE STRING "Link the loader into GCC's plugin folder: AUTO, ON or OFF")
foreach(gcc IN LISTS gccs)
  string(REGEX REPLACE "^[^=]*=(.*)/include$" "\\1" folder "${gcc}")
  install(CODE "set(folder \"${folder}\")\nset(wanted \"${THIMBLE_LINK_IN_GCC}\")")
  install(SCRIPT cmake/LinkInGcc.cmake)
endforeach()
