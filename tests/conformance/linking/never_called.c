/* Calls that every compiler drops at any level, and what is only spoken of. */
#include <thimble.h>

extern int there_is_no_such_function(int);
extern void *nor_this_one(void);

static int step(int x) {
    return x + 1;
}

void test_calls_that_go(void) {
    if (0)
        there_is_no_such_function(1);
    assert(sizeof(there_is_no_such_function(1)) == sizeof(int));
    assert(__builtin_types_compatible_p(__typeof__(nor_this_one()), void *));
    assert((0 && there_is_no_such_function(2)) == 0);
    assert((1 || there_is_no_such_function(3)) == 1);
    mock_return(step, 9);
    assert(step(1) == 9);
}
