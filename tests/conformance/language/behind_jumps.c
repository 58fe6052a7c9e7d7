/* A block as the header's are, made by hand: the function that it stands in goes on behind it
 * when something in it has jumped there. What it had changed until then stays changed. */
#include <assert.h>
#include <setjmp.h>
#include <stddef.h>

struct pair {
    int a;
    double b;
};

static jmp_buf place;

static int thimble_block_again(int *entered) {
    return !(*entered)++;
}

static void leave(void) {
    longjmp(place, 1);
}

#define BLOCK(name) \
    for (int name = 0; name == 0 && thimble_block_again(&name) && setjmp(place) == 0; name = 1)

static int parameters(int number, double real, struct pair pair, const char *text) {
    BLOCK (once) {
        number++;
        real *= 2;
        pair.a = number;
        pair.b = real;
        text++;
        leave();
    }
    return number == 2 && real == 3.0 && pair.a == 2 && pair.b == 3.0 && *text == 'b';
}

static void test_parameters(void) {
    struct pair pair = {0, 0};
    assert(parameters(1, 1.5, pair, "ab"));
}

static void test_locals(void) {
    int number = 1, array[3] = {1, 2, 3};
    register long in_register = 1;
    float real = 1.5f;
    unsigned char byte = 250;
    struct pair pair = {1, 2};
    const char *text = "abc";
    BLOCK (once) {
        number += 2;
        array[1] += number;
        in_register += number;
        real *= 3;
        byte += 10;
        pair.b += number;
        text += 2;
        leave();
        number = 100;
    }
    assert(number == 3 && array[1] == 5 && in_register == 4 && byte == 4);
    assert(real == 4.5f && pair.a == 1 && pair.b == 5 && *text == 'c');
}

static void test_loops(void) {
    int sum = 0, rounds = 0;
    for (int i = 0; i < 5; i++) {
        int doubled = i;
        BLOCK (once) {
            doubled *= 2;
            sum += doubled;
            rounds++;
            if (i % 2)
                leave();
            rounds += 10;
        }
        assert(doubled == 2 * i);
    }
    assert(sum == 20 && rounds == 35);
}

static void test_variable_length(void) {
    int count = 3;
    int array[count];
    for (int i = 0; i < count; i++)
        array[i] = i;
    BLOCK (once) {
        array[2] += 5;
        count += array[2];
        leave();
    }
    assert(count == 10 && array[2] == 7 && sizeof array == 3 * sizeof(int));
}

static void test_nested(void) {
    int number = 0;
    BLOCK (outer) {
        number = 1;
        BLOCK (inner) {
            number += 10;
            leave();
        }
        number += 100;
    }
    assert(number == 111);
}
