/* Functions that begin with test_ and are no tests, as in Lua. */
#include <assert.h>
#include <string.h>

struct parser {
    int depth;
};

static int test_then_block(struct parser *parser, int *list) {
    return parser->depth + *list;
}

static void test_next(struct parser *parser, const char *set) {
    parser->depth += (int)strlen(set);
}

static int test_returns_something(void) {
    return 5;
}

extern void test_declared_only(void);

void (*table[])(struct parser *, const char *) = {test_next};

int test_variable = 3;

void test_all(void) {
    struct parser parser = {1};
    int list = 2;
    assert(test_then_block(&parser, &list) == 3);
    table[0](&parser, "abc");
    assert(parser.depth == 4);
    assert(test_returns_something() == 5);
}
