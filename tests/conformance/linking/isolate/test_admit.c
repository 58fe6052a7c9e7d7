// link: none
// shell: eval "'$THIMBLE_PREFIX/bin/thimble' isolate --keep kept.c $CC $MODE -o tests test_admit.o admit.o $("$THIMBLE_PREFIX"/bin/thimble flags --libs)"
// shell: ./tests -j 1 | sed '/called from/d'
// shell: grep -c '^void missing_' kept.c
// shell: for l in bfd gold lld; do echo 'int main(void) { return 0; }' > probe.c; $CC $MODE -fuse-ld=$l -o probe probe.c 2> no || continue; eval "'$THIMBLE_PREFIX/bin/thimble' isolate $CC $MODE -fuse-ld=$l -o $l test_admit.o admit.o $("$THIMBLE_PREFIX"/bin/thimble flags --libs)" 2> no || cat no; ./$l -j 1 -k 'child or patched' -q | cut -d' ' -f1,2; done | sort -u
// shell: for l in bfd gold lld; do $CC $MODE -fuse-ld=$l -o probe probe.c 2> no || continue; eval "'$THIMBLE_PREFIX/bin/thimble' isolate $CC $MODE -fuse-ld=$l -o variable variable.o test_admit.o admit.o $("$THIMBLE_PREFIX"/bin/thimble flags --libs)" > no 2>&1; echo $?; grep -v warning: no; ls variable 2>&1; done | sort -u
// shell: "$THIMBLE_PREFIX/bin/thimble" isolate $CC $MODE -o probe probe.c && ./probe
// shell: "$THIMBLE_PREFIX/bin/thimble" isolate $CC $MODE -o probe nowhere.o > no 2>&1; test $? -ne 0 && grep -c nowhere.o no
// shell: "$THIMBLE_PREFIX/bin/thimble" isolate --kept x $CC
// shell: "$THIMBLE_PREFIX/bin/thimble" isolate -v
#include "door.h"
#include <thimble.h>

static struct visitor child = {"Ann", 6};

void test_a_child(void) {
    mock(price);
    mock(log_visit);
    mock_return(open_door, 1);
    assert(admit(child) == 1);
    assert(mock_call_count(log_visit) == 1);
    assert_called_once_with(open_door, 2);
}

void test_too_expensive(void) {
    mock_return(price, 20.5);
    assert(admit(child) == 0);
}

static int no_door(int number) {
    return -number;
}

void test_patched(void) {
    mock(price);
    mock(log_visit);
    patch(open_door, no_door);
    assert(admit(child) == -2);
}

void test_without_a_mock(void) {
    mock(price);
    admit(child);
}
