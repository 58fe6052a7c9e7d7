// flags: -Werror=format
// error-gcc: 9: format '%s' expects argument of type 'char *', but argument 2 has type 'int'...
// error-clang: 9: format specifies type 'char *' but the argument has type 'int'...
#include <thimble.h>

void test_format(void) {
    subtest("%d", 5) {
    }
    subtest("%s", 5) {
    }
}
