// library: plugin
#include <assert.h>
#include <stdlib.h>

int plugin_value(void);
static int value(void);

static int value(void) {
    return 5;
}

int plugin_value(void) {
    free(malloc(10));
    return value();
}

void test_of_the_plugin(void) {
    assert(plugin_value() == 5);
}
