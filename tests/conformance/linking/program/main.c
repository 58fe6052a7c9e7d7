// link: program
// run: 1 2
// run: --list
// shell: nm tests | grep -i -c -E ' [tdbr] (ffi_|thimble_run|thimble_mock)'
// not-modes: sanitize
#include <stdio.h>

#include "code.h"

int main(int argc, char **argv) {
    printf("%s %d\n", argc > 1 ? argv[1] : "none", length_of_copy("text"));
    return argc;
}
