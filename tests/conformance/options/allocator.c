// flags: -fplugin-arg-thimble-allocator=pool_get:2,3:free=pool_put
// not-modes: sanitize
// run: -j 1
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

struct pool {
    char memory[10000];
    size_t used;
};

static struct pool pool;
static uintptr_t hidden;

static void *pool_get(struct pool *from, size_t size, size_t count) {
    void *block = from->memory + from->used;
    from->used += (size * count + 15) / 16 * 16;
    return block;
}

static void pool_put(void *block) {
    (void)block;
}

void test_leaks_from_a_pool(void) {
    hidden = ~(uintptr_t)(double *)pool_get(&pool, sizeof(double), 5);
}

void test_gives_it_back(void) {
    pool_put(pool_get(&pool, 1, 100));
    assert(pool.used == 112);
}
