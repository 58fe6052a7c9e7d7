# What is built here is loaded into compilers and linked into other people's
# programs. Of the flags in CFLAGS and LDFLAGS only those stay that choose the
# machine or a path: a sanitizer, -flto or -fplugin in the runtime would break
# what it is linked with.
function(thimble_keep_safe_flags)
  set(safe "^(-m.*|--sysroot=.*|--target=.*|-B.*|-f[a-z]+-prefix-map=.*|-Wl,.*|-fuse-ld=.*|-L.*)$")
  foreach(variable ${ARGN})
    separate_arguments(flags UNIX_COMMAND "${${variable}}")
    set(kept "")
    foreach(flag IN LISTS flags)
      if(flag MATCHES "${safe}")
        string(APPEND kept " \"${flag}\"")
      endif()
    endforeach()
    string(STRIP "${kept}" kept)
    set(${variable} "${kept}" PARENT_SCOPE)
  endforeach()
endfunction()
