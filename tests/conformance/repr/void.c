// error-gcc: 10: declaration of type name as array of voids
// error-clang: 10: array has incomplete element type '...void'...
// error-clang: 10: operand of type 'void' where ... is required
#include <thimble.h>

void nothing(void);
void test_void(void);

void test_void(void) {
    repr(nothing());
}
