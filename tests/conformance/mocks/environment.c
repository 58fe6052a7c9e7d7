// flags: -D_GNU_SOURCE
// run: -j 1
// run: -j 1 --isolate none -k 'not badly'
// env: ZOO=before EMPTY=
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

static const char *get(const char *name) {
    const char *value = getenv(name);
    return value ? value : "(none)";
}

#define IS(name, wanted) assert(strcmp(get(name), wanted) == 0)

void test_a_variable_has_another_value(void) {
    char name[] = "ZOO", value[] = "farm";
    patch_env(name, value);
    value[0] = name[0] = 'X';
    IS("ZOO", "farm");
    patch_env("ZOO", "barn");
    IS("ZOO", "barn");
    patch_env("EMPTY", "full");
    patch_env("NEW", "");
    IS("NEW", "");
}

void test_all_is_put_back(void) {
    IS("ZOO", "before");
    IS("EMPTY", "");
    IS("NEW", "(none)");
}

void test_a_variable_is_not_there(void) {
    patch_env("ZOO", NULL);
    IS("ZOO", "(none)");
    patch_env("NEVER", NULL);
    setenv("ZOO", "set by the test", 1);
}

void test_it_is_there_again(void) {
    IS("ZOO", "before");
}

void test_mocks_of_these_functions_do_not_disturb_it(void) {
    mock_return(getenv, "mocked");
    mock_return(setenv, -1);
    mock_return(unsetenv, -1);
    patch_env("ZOO", "farm");
    IS("ZOO", "mocked");
    assert(mock_call_count(getenv) == 1 && setenv("A", "b", 1) == -1 && unsetenv("A") == -1);
    assert(strcmp(real(getenv)("ZOO"), "farm") == 0);
}

void test_it_is_there_once_more(void) {
    IS("ZOO", "before");
}

void test_badly_named(void) {
    patch_env("ZOO=farm", "barn");
}

void test_badly_not_named(void) {
    patch_env("", "barn");
}

void test_badly_named_by_null(void) {
    const char *name = NULL;
    patch_env(name, "barn");
}
