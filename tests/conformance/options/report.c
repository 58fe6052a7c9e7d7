// flags: -fplugin-arg-thimble-report=$BUILD/report.json
// shell: cat report.json
// shell: python3 -m json.tool report.json >formatted.json
#include <stdlib.h>
#include <thimble.h>
#include <time.h>

struct animal {
    const char *name;
};

static struct animal *make(void) {
    return malloc(sizeof(struct animal));
}

static void test_helper(int x) {
    assert(x);
}

void test_make(const char *tmp_path) {
    mock_return(time, 5);
    struct animal *animal = make();
    test_helper(tmp_path != NULL && time(NULL) == 5);
    free(animal);
}
