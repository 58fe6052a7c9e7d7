// not-modes: pedantic
// error: 38: nothing returns nothing: void nothing(int x)
// error: 39: nothing returns nothing: void nothing(int x)
// error: 40: nothing returns nothing: void nothing(int x)
// error: 44: small cannot return that: a 'char *' does not convert to a 'unsigned char': unsigned char small(void)
// error: 45: small cannot return that: a 'struct animal' does not convert to a 'unsigned char': unsigned char small(void)
// error: 46: find cannot return that: a 'struct animal' does not convert to a 'struct animal *': struct animal *find(const char *name)
// error: 47: find cannot return that: a 'struct cage *' does not convert to a 'struct animal *': struct animal *find(const char *name)
// error: 48: find cannot return that: a 'int' does not convert to a 'struct animal *': struct animal *find(const char *name)
// error: 49: born cannot return that: a 'struct cage' does not convert to a 'struct animal': struct animal born(void)
// error: 50: born cannot return that: a 'struct animal *' does not convert to a 'struct animal': struct animal born(void)
// error: 51: find cannot return that: a 'char *' does not convert to a 'struct animal *': struct animal *find(const char *name)
// error: 52: find cannot return that: a 'int' does not convert to a 'struct animal *': struct animal *find(const char *name)
// error: 53: zoo.price cannot return that: a 'struct animal *' does not convert to a 'double': double zoo.price(int)
// error: 54: small cannot return that: a matcher is no value for a 'unsigned char': unsigned char small(void)
// error: 58: small cannot return that: 300 does not fit a 'unsigned char': unsigned char small(void)
// error: 59: small cannot return that: 256 does not fit a 'unsigned char': unsigned char small(void)
// error: 60: small cannot return that: 2.5 does not fit a 'unsigned char': unsigned char small(void)
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

void test_nothing(void) {
    mock_return(nothing, 1);
    mock_return_each(nothing, 1, 2);
    mock_error(nothing, EIO, 0);
}

void test_types(struct animal spot, struct cage cage) {
    mock_return(small, "x");
    mock_return(small, spot);
    mock_return(find, spot);
    mock_return(find, &cage);
    mock_return(find, 7);
    mock_return(born, cage);
    mock_return(born, &spot);
    mock_return_each(find, &spot, NULL, "x");
    mock_error(find, ENOENT, -1);
    mock_return(zoo.price, &spot);
    mock_return(small, ANY);
}

void test_ranges(void) {
    mock_return(small, 300);
    mock_return_each(small, 1, 2, 256);
    mock_return(small, 2.5);
}
