/* Which texts get tables of lines. */
#define _GNU_SOURCE 1 /* mkstemp */

#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "traced.h"

static struct options options;

static bool is_traced(const char *text) {
    return traced_text(&options, text, strlen(text), false);
}

static bool is_traced_without_asserts(const char *text) {
    return traced_text(&options, text, strlen(text), true);
}

static void check_texts(void) {
    CHECK(is_traced("void test_feeds(void) {}"));
    CHECK(is_traced("int f(int x) { assert(x); return x; }"));
    CHECK(is_traced("#include <thimble.h>\n"));
    CHECK(is_traced("#define CHECK(x) assert(x)"));
    CHECK(is_traced("  __assert_fail (\"x\", \"zoo.c\", 3, __func__);"));
    CHECK(!is_traced(""));
    CHECK(!is_traced("int main(void) { return 0; }"));
    CHECK(!is_traced("lua_assert(x); asserted = 1; my_assert(2);"));
    CHECK(!is_traced("int latest_one, test_;"));
    CHECK(!is_traced("#if 1\n# define  NDEBUG 1\n#endif\nint f(int x) { assert(x); }"));
    CHECK(is_traced("#ifndef NDEBUG\n#define CHECK(x) assert(x)\n#endif"));
    CHECK(!is_traced_without_asserts("int f(int x) { assert(x); return x; }"));
    CHECK(is_traced_without_asserts("#include <thimble.h>\nint f(int x) { assert(x); }"));
    CHECK(is_traced_without_asserts("#define NDEBUG\nvoid test_feeds(void) { assert(0); }"));
    options_set(&options, "prefix", "check_", NULL, 0);
    CHECK(is_traced("void check_it(void) {}") && !is_traced("void test_it(void) {}"));
}

static void check_files(void) {
    char path[] = "/tmp/thimble-traced-XXXXXX";
    int file = mkstemp(path);
    CHECK(!traced_source(&options, path, false));
    CHECK(write(file, "assert", 6) == 6 && traced_source(&options, path, false));
    close(file);
    unlink(path);
    CHECK(traced_source(&options, path, false)); /* it is not there any more */
}

void check_traced(void) {
    options_init(&options);
    check_texts();
    check_files();
    options_free(&options);
}
