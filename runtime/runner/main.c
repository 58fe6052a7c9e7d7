#include <thimble/run.h>

extern __typeof__(thimble_main) thimble_main __attribute__((weak, visibility("default")));

/* Where this object is linked the program is there to run tests: the tracker then
 * records from the first allocation on, before main. */
THIMBLE_API const char thimble_is_test_program = 1;

__attribute__((visibility("default"))) int main(int argc, char **argv) {
    return thimble_main ? thimble_main(argc, argv) : thimble_run(argc, argv);
}
