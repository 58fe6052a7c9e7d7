// run: --lf
// shell: BROKEN="2 4" ./tests -q
// run: --lf -l
// run: --ff -l
// run: --lf -l -k three
// shell: BROKEN=4 ./tests --lf
// run: --lf -l
// shell: BROKEN=1 ./tests last_failed.c::test_one -q
// run: --ff -l
// run: --lf -l --shard 2/2
// shell: for i in 1 2 3 4 5 6; do BROKEN=$i ./tests -q -k "$(echo one two three four five six | cut -d ' ' -f $i)" >out$i & done; wait; ./tests --lf -l
// shell: find cache -type f | wc -l
// run: -q
// run: --lf
// shell: env -u XDG_CACHE_HOME -u HOME ./tests --lf
// shell: BROKEN=1 XDG_CACHE_HOME=/proc/none ./tests --ff -q
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int works(char number) {
    const char *broken = getenv("BROKEN");
    return !broken || !strchr(broken, number);
}

void test_one(void) {
    assert(works('1'));
}
void test_two(void) {
    assert(works('2'));
}
void test_three(void) {
    assert(works('3'));
}
void test_four(void) {
    assert(works('4'));
}
void test_five(void) {
    assert(works('5'));
}
void test_six(void) {
    assert(works('6'));
}
