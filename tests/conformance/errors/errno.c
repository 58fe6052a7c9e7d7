// not-modes: pedantic
// error: 16: ...assert_errno is for what returns an integer or a pointer, not for make()...
// error: 17: ...assert_errno is for what returns an integer or a pointer, not for ratio()...
#include <thimble.h>

struct spot {
    int legs;
};

struct spot make(void);
double ratio(void);
enum color { RED } paint(void);
_Bool works(void);

void test_types(void) {
    assert_errno(1, make());
    assert_errno(2, ratio());
    assert_errno(3, paint());
    assert_errno(4, works());
}
