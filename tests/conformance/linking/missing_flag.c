// flags: -I$THIMBLE_PREFIX/include
// plain: the header is used but the flag is missing
// link: none
// modes: O0
// shell: eval "$CC missing_flag.o $("$THIMBLE_PREFIX"/bin/thimble flags --cc $CC --libs)" 2>&1 | grep -o "undefined.*" | sort -u
#include <thimble.h>
#include <time.h>

void test_never_linked(void) {
    mock_return(time, 5);
}
