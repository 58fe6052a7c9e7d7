/* Which texts get tables of lines. */
#define _GNU_SOURCE 1 /* mkstemp */

#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "traced.h"

static struct options options;

static bool is_traced(const char *text) {
    return traced_text(&options, text, strlen(text));
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
    options_set(&options, "prefix", "check_", NULL, 0);
    CHECK(is_traced("void check_it(void) {}") && !is_traced("void test_it(void) {}"));
}

static void check_files(void) {
    char path[] = "/tmp/thimble-traced-XXXXXX";
    int file = mkstemp(path);
    CHECK(!traced_source(&options, path));
    CHECK(write(file, "assert", 6) == 6 && traced_source(&options, path));
    close(file);
    unlink(path);
    CHECK(traced_source(&options, path)); /* it is not there any more */
}

void check_traced(void) {
    options_init(&options);
    check_texts();
    check_files();
    options_free(&options);
}
