#include "kit.h"
#include <stdio.h>

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    test_types();
    test_repr();
    test_equal();
    test_passing();
    test_convert();
    test_checks();
    test_patches();
    test_names();
    test_keep();
    test_threads();
    test_answers();
    return kit_summary();
}
