// library: library
#include "library.h"
#include <assert.h>

void check(int x) {
    assert(x < 3);
}

void visit(void (*visitor)(int), int last) {
    for (int i = 0; i <= last; i++)
        visitor(i);
}
