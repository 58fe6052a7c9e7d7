// not-modes: pedantic
// error: 25: find cannot return that: a 'int' does not convert to a 'struct animal *': struct animal *find(const char *name)
// error: 26: small cannot return that: a 'struct animal *' does not convert to a 'unsigned char': unsigned char small(void)
// error: 27: mock_return_array takes an array, not a 'int': unsigned char small(void)
// error: 28: nothing returns nothing: void nothing(int x)
#include <errno.h>
#include <thimble.h>

struct animal {
    int legs;
};
struct cage {
    int bars;
};

void nothing(int x);
unsigned char small(void);
struct animal *find(const char *name);
struct animal born(void);
struct zoo {
    double (*price)(int age);
} zoo;

void test_arrays(struct animal **animals, int *numbers) {
    mock_return_array(find, numbers, 3);
    mock_return_array(small, animals, 3);
    mock_return_array(small, 3, 3);
    mock_return_array(nothing, numbers, 3);
}
