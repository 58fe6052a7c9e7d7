#include <string.h>
#include <thimble.h>

struct small {
    char c;
};
struct pair {
    int a, b;
};
struct words {
    long a, b;
};
struct mixed {
    double x;
    long n;
};
struct mixed_back {
    long n;
    double x;
};
struct floats {
    float x, y, z;
};
struct doubles {
    double x, y;
};
struct large {
    long values[5];
    char name[16];
};
struct nested {
    struct pair pair;
    struct small small[4];
};
struct bits {
    unsigned low : 3;
    int high : 9;
};
union either {
    long n;
    double x;
};

#define FUNCTIONS(type)                                                                            \
    static struct type pass_##type(struct type value, int n) {                                     \
        (void)n;                                                                                   \
        return value;                                                                              \
    }                                                                                              \
    static struct type fake_##type(struct type value, int n) {                                     \
        unsigned char *bytes = (unsigned char *)&value;                                            \
        bytes[0] = (unsigned char)n;                                                               \
        return value;                                                                              \
    }

FUNCTIONS(small)
FUNCTIONS(pair)
FUNCTIONS(words)
FUNCTIONS(mixed)
FUNCTIONS(mixed_back)
FUNCTIONS(floats)
FUNCTIONS(doubles)
FUNCTIONS(large)
FUNCTIONS(nested)

static struct bits pass_bits(struct bits value) {
    return value;
}

static union either pass_either(union either value) {
    return value;
}

#define CHECK(type, ...)                                                                           \
    void test_##type(void) {                                                                       \
        struct type value = __VA_ARGS__, zero, result;                                             \
        memset(&zero, 0, sizeof(zero));                                                            \
        result = pass_##type(value, 1);                                                            \
        assert(memcmp(&result, &value, sizeof(value)) == 0);                                       \
        with_patch(pass_##type, fake_##type) {                                                     \
            result = pass_##type(value, 77);                                                       \
            assert(((unsigned char *)&result)[0] == 77);                                           \
            assert(memcmp((char *)&result + 1, (char *)&value + 1, sizeof(value) - 1) == 0);       \
        }                                                                                          \
        mock(pass_##type);                                                                         \
        result = pass_##type(value, 1);                                                            \
        assert(memcmp(&result, &zero, sizeof(value)) == 0);                                        \
        assert_called_once_with(pass_##type, value, 1);                                            \
        mock_return(pass_##type, value);                                                           \
        result = pass_##type(zero, 2);                                                             \
        assert(memcmp(&result, &value, sizeof(value)) == 0);                                       \
        assert_called_with(pass_##type, zero, 2);                                                  \
    }

CHECK(small, {'c'})
CHECK(pair, {1, -2})
CHECK(words, {1, -2})
CHECK(mixed, {1.5, -2})
CHECK(mixed_back, {3, -2.5})
CHECK(floats, {1.5f, 2.5f, -3.5f})
CHECK(doubles, {1.25, -3})
CHECK(large, {{1, 2, 3, 4, 5}, "fifteen letters"})
CHECK(nested, {{1, 2}, {{3}, {4}, {5}, {6}}})

void test_union(void) {
    union either value;
    value.x = 1.5;
    mock_return(pass_either, value);
    value.n = 3;
    assert(pass_either(value).x == 1.5);
    assert_called_once_with(pass_either, value);
}

void test_bit_fields(void) {
    struct bits value = {5, -200};
    mock_return(pass_bits, value);
    struct bits zero = {0, 0};
    struct bits result = pass_bits(zero);
    assert(result.low == 5 && result.high == -200);
    assert_called_once_with(pass_bits, zero);
}
