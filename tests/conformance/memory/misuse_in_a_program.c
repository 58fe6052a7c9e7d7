// not-modes: sanitize pedantic
// link: program
// shell: (THIMBLE_MEMORY=memory.txt ./tests 2>&1; true) 2>/dev/null | grep -A2 "^before\|^thimble"
// What is no test is not ended by us: libc has the last word.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *volatile place;

int main(void) {
    char *name = strdup("Spot");
    place = name;
    free(name);
    fputs("before\n", stderr);
    free(place);
    fputs("libc let it pass\n", stderr);
    return 0;
}
