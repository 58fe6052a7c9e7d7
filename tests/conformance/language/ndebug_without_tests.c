// flags: -DNDEBUG
// link: plain
#include <assert.h>
#include <stdio.h>

static int test_of_a_kind(int x) {
    return x;
}

int main(void) {
    assert(1 + 1 == 3);
    printf("%d\n", test_of_a_kind(5));
    return 0;
}
