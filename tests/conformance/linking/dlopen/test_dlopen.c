// libs: -ldl
// run: -v
#include <dlfcn.h>
#include <stdlib.h>
#include <thimble.h>

static int opened_value(void *handle) {
    int (*value)(void);
    *(void **)&value = dlsym(handle, "plugin_value");
    assert(value != NULL);
    return value();
}

static void *open_plugin(void) {
    return dlopen("./plugin.so", RTLD_NOW);
}

void test_open_and_close(void) {
    for (int i = 0; i < 3; i++) {
        void *handle = open_plugin();
        assert(handle != NULL);
        assert(opened_value(handle) == 5);
        assert(dlclose(handle) == 0);
    }
}

void test_seams_of_an_opened_library(void) {
    void *handle = open_plugin();
    mock_return("plugin.c:value", 6);
    assert(opened_value(handle) == 6);
    assert(mock_call_count("plugin.c:value") == 1);
    dlclose(handle);
}

void test_a_patch_meets_a_library_that_comes_later(void) {
    static char memory[1];
    void *volatile place = memory;
    void *block = place;
    mock_return(malloc, block);
    mock(free);
    assert(malloc(1) == block);
    free(block);
    void *handle = open_plugin();
    assert(opened_value(handle) == 5);
    assert(mock_call_count(malloc) == 2);
    assert_called_with(free, block);
    dlclose(handle);
}
