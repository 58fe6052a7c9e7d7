// not-modes: pedantic
// error: 29: read_zoo has no argument 'cuont', did you mean 'count'?: int read_zoo(const char *path, int *count, unsigned char *flags, struct animal *animal, char *text, int (*each)(void), void *rest, int number)
// error: 30: read_zoo has no argument '9': int read_zoo(const char *path, int *count, unsigned char *flags, struct animal *animal, char *text, int (*each)(void), void *rest, int number)
// error: 31: the argument 'path' of read_zoo points to something const: nothing can be written there: int read_zoo(const char *path, int *count, unsigned char *flags, struct animal *animal, char *text, int (*each)(void), void *rest, int number)
// error: 32: the argument 'each' of read_zoo points to nothing that could be written: int read_zoo(const char *path, int *count, unsigned char *flags, struct animal *animal, char *text, int (*each)(void), void *rest, int number)
// error: 33: the argument 'number' of read_zoo points to nothing that could be written: int read_zoo(const char *path, int *count, unsigned char *flags, struct animal *animal, char *text, int (*each)(void), void *rest, int number)
// error: 37: what the argument 'count' of read_zoo points to: a 'char [2]' does not convert to a 'int': int read_zoo(const char *path, int *count, unsigned char *flags, struct animal *animal, char *text, int (*each)(void), void *rest, int number)
// error: 38: what the argument 'count' of read_zoo points to: a 'struct animal' does not convert to a 'int': int read_zoo(const char *path, int *count, unsigned char *flags, struct animal *animal, char *text, int (*each)(void), void *rest, int number)
// error: 39: what the argument 'count' of read_zoo points to: a 'double *' does not convert to a 'int': int read_zoo(const char *path, int *count, unsigned char *flags, struct animal *animal, char *text, int (*each)(void), void *rest, int number)
// error: 40: what the argument 'count' of read_zoo points to: a matcher is no value for a 'int': int read_zoo(const char *path, int *count, unsigned char *flags, struct animal *animal, char *text, int (*each)(void), void *rest, int number)
// error: 41: what the argument 'flags' of read_zoo points to: 256 does not fit a 'unsigned char': int read_zoo(const char *path, int *count, unsigned char *flags, struct animal *animal, char *text, int (*each)(void), void *rest, int number)
// error: 42: what the argument 'animal' of read_zoo points to: a 'int' does not convert to a 'struct animal': int read_zoo(const char *path, int *count, unsigned char *flags, struct animal *animal, char *text, int (*each)(void), void *rest, int number)
// error: 46: mock_struct takes a pointer to a struct with pointers to functions: this is a 'struct plain'
// error: 47: mock_struct takes a pointer to a struct with pointers to functions: this is a 'int'
#include <thimble.h>

struct animal {
    int legs;
};
struct plain {
    int number;
    struct animal animal;
};

int read_zoo(const char *path, int *count, unsigned char *flags, struct animal *animal,
             char *text, int (*each)(void), void *rest, int number);

void test_parameters(void) {
    mock_set(read_zoo, "cuont", 3);
    mock_set(read_zoo, "9", 3);
    mock_set(read_zoo, "path", "x");
    mock_set(read_zoo, "each", 3);
    mock_set(read_zoo, "number", 3);
}

void test_values(struct animal spot, double *ratio) {
    mock_set(read_zoo, "count", "x");
    mock_set(read_zoo, "count", spot);
    mock_set(read_zoo, "count", ratio);
    mock_set(read_zoo, "count", LT(3));
    mock_set(read_zoo, "flags", 256);
    mock_set(read_zoo, "animal", 4);
}

void test_structs(struct plain *plain, int *number) {
    mock_struct(plain);
    mock_struct(number);
}
