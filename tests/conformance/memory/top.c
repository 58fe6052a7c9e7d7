// not-modes: sanitize pedantic
// run: -j 1 --memory 3
// run: -j 2 --memory 2 --leaks off --isolate worker -q
// run: -j 1 --memory 2 --frames 4 --isolate none -k grows
// run: -j 1 --memory 9 --repeat 2 -k zoo -q
// run: --memory 3 -j 1 -k nothing -q
// run: --memory 0 -q -k zoo
// run: --memory few
// run: --frames 65
// run: --frames 0
// shell: ./tests -j 1 --memory 2 --format json | grep '"memory"'
// shell: THIMBLE_MEMORY=own.txt ./tests -q -k zoo; ls own.txt 2>/dev/null
// shell: THIMBLE_OPTIONS='--memory 1 -q' ./tests -k zoo
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <thimble.h>
#include <unistd.h>

struct animal {
    char name[24];
    long weight;
};

static void *volatile place;

static void *use(void *block) {
    place = block;
    return place;
}

void test_a_zoo(void) {
    for (int i = 0; i < 1000; i++)
        free(use(malloc(sizeof(struct animal))));
    free(use(strdup("Spot")));
}

void test_grows(void) {
    char *text = use(malloc(10));
    for (size_t size = 1000; size <= 10000; size += 1000)
        text = use(realloc(text, size));
    free(text);
}

void test_crashes_with_it(void) {
    use(malloc(3000));
    volatile int *volatile nowhere = (volatile int *)8;
    *nowhere = 1;
}

void test_exits_with_it(void) {
    use(malloc(3000));
    exit(3);
}

void test_is_killed(void) {
    use(malloc(3000));
    _exit(0);
}

void test_allocates_nothing(void) {
}

void test_forks(void) {
    free(use(malloc(100)));
    if (fork() == 0) {
        free(use(malloc(200000)));
        exit(0);
    }
    wait(NULL);
}
