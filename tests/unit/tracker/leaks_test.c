/* Which blocks count as leaks, and how they are told. */

#define _GNU_SOURCE 1

#include "kit.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tracker/tracker.h"

#define ANIMAL "zoo.c:10: 1 block of struct animal, 40 bytes, allocated by malloc in add_animal\n"
#define ANIMALS(n, bytes)                                                                          \
    "zoo.c:10: " n " blocks of struct animal, " bytes " bytes, allocated by malloc in "            \
    "add_animal\n"

static struct animal *global;
__thread struct animal *thread_local_animal;

/* ---- What leaks ---- */

static APART void drop_one(void) {
    opaque(new_animal(NULL));
}

static void test_lost_block(void) {
    drop_one();
    CHECK_LEAKS(ANIMAL);
}

static void test_nothing(void) {
    CHECK_LEAKS("");
}

static APART void make_and_free(void) {
    for (int i = 0; i < 100; i++)
        free_animal(opaque(new_animal("Spot")));
}

static void test_freed_blocks(void) {
    make_and_free();
    CHECK_LEAKS("");
}

static APART void drop_some(void) {
    for (int i = 0; i < 3; i++)
        opaque(new_animal("Jojo"));
    opaque(zoo_calloc(BUILD_CAGE, 10, 100));
}

static void test_groups_largest_first(void) {
    drop_some();
    CHECK_LEAKS("zoo.c:60: 1 block of ?, 1000 bytes, allocated by calloc in build_cage\n" ANIMALS(
        "3", "120") "zoo.c:20: 3 blocks of char, 15 bytes, allocated by strdup in name_animal\n");
}

static APART void drop_ring(void) {
    struct animal *first = new_animal(NULL), *last = first;
    for (int i = 0; i < 4; i++)
        last = last->next = new_animal(NULL);
    last->next = first;
}

static void test_ring_of_lost_blocks(void) {
    drop_ring();
    CHECK_LEAKS(ANIMALS("5", "200"));
}

static APART void free_owner_only(void) {
    struct animal *owner = new_animal(NULL);
    owner->next = new_animal(NULL);
    owner->friends = opaque(malloc(4 * sizeof(*owner->friends)));
    owner->friends[3] = new_animal(NULL);
    free(owner->friends);
    zoo_free(owner);
}

static void test_freed_owner_keeps_nothing(void) {
    free_owner_only();
    CHECK_LEAKS(ANIMALS("2", "80"));
}

/* Every size that the vector had is now freed memory with old pointers in it. */
static APART void fill_and_free_vector(void) {
    struct animal **vector = NULL;
    for (size_t i = 0; i < 1000; i++) {
        vector = zoo_realloc(GROW_FRIENDS, vector, (i + 1) * sizeof(*vector));
        vector[i] = new_animal(NULL);
        /* In the way, so that it has to move. */
        free(opaque(malloc(24 + i * 8)));
        if (i % 100 == 0)
            free_animal(opaque(new_animal("in the way")));
    }
    zoo_free(vector);
}

static void test_stale_copies_in_freed_memory(void) {
    fill_and_free_vector();
    CHECK_LEAKS(ANIMALS("1000", "40000"));
}

static APART void leave_vector(void) {
    global = new_animal(NULL);
    for (size_t i = 0; i < 100; i++) {
        global->friends =
            zoo_realloc(GROW_FRIENDS, global->friends, (i + 1) * sizeof(*global->friends));
        global->friends[i] = new_animal(NULL);
    }
}

static APART void shrink_vector(void) {
    global->friends = zoo_realloc(GROW_FRIENDS, global->friends, 10 * sizeof(*global->friends));
}

static APART void lose_vector(void) {
    global = NULL;
}

static void test_vector(void) {
    leave_vector();
    CHECK_LEAKS("");
    shrink_vector();
    CHECK_LEAKS(ANIMALS("90", "3600"));
    lose_vector();
    CHECK_LEAKS(ANIMALS(
        "101", "4040") "zoo.c:30: 1 block of struct animal *, 80 bytes, allocated by realloc in "
                       "grow_friends\n");
}

static APART void drop_before_and_after(void) {
    global = (struct animal *)((char *)new_animal(NULL) + sizeof(struct animal));
}

static void test_one_past_the_end_is_no_pointer_to_it(void) {
    drop_before_and_after();
    CHECK_LEAKS(ANIMAL);
}

/* ---- What is reached ---- */

static APART void keep_in_global(void) {
    global = new_animal("Spot");
}

static void test_reached_from_global(void) {
    keep_in_global();
    CHECK_LEAKS("");
}

static APART void keep_chain(void) {
    global = new_animal("first");
    struct animal *last = global;
    for (int i = 0; i < 1000; i++)
        last = last->next = new_animal("next");
}

static APART void cut_chain(void) {
    struct animal *at = global;
    for (int i = 0; i < 989; i++)
        at = at->next;
    at->next = NULL;
}

static void test_reached_through_chain(void) {
    keep_chain();
    CHECK_LEAKS("");
    cut_chain();
    CHECK_LEAKS(ANIMALS("11", "440") "zoo.c:20: 11 blocks of char, 55 bytes, allocated by strdup "
                                     "in name_animal\n");
}

static APART void keep_in_thread_storage(void) {
    thread_local_animal = new_animal(NULL);
}

static APART void clear_thread_storage(void) {
    thread_local_animal = NULL;
}

static void test_reached_from_thread_storage(void) {
    keep_in_thread_storage();
    CHECK_LEAKS("");
    clear_thread_storage();
    CHECK_LEAKS(ANIMAL);
}

static pthread_key_t key;

static APART void keep_in_specific(void) {
    pthread_key_create(&key, NULL);
    pthread_setspecific(key, new_animal(NULL));
}

static void test_reached_from_thread_specific(void) {
    keep_in_specific();
    CHECK_LEAKS("");
    pthread_setspecific(key, NULL);
    CHECK_LEAKS(ANIMAL);
}

static void test_reached_from_stack(void) {
    struct animal *volatile kept = new_animal(NULL);
    CHECK_LEAKS("");
    kept = NULL;
    CHECK_LEAKS(ANIMAL);
    (void)kept;
}

static void test_reached_from_register(void) {
    register struct animal *kept = new_animal(NULL);
    __asm__ volatile("" : "+r"(kept));
    CHECK_LEAKS("");
    __asm__ volatile("" : "+r"(kept));
    kept = opaque(NULL);
    CHECK_LEAKS(ANIMAL);
    __asm__ volatile("" : "+r"(kept));
}

static APART void keep_inner_pointer(void) {
    global = (struct animal *)&new_animal(NULL)->legs;
}

static void test_reached_by_inner_pointer(void) {
    keep_inner_pointer();
    CHECK_LEAKS("");
}

struct __attribute__((packed)) packed {
    char tag;
    struct animal *animal;
};
struct packed packed_global;

static APART void keep_packed(void) {
    packed_global.animal = new_animal(NULL);
    packed_global.animal->next = new_animal(NULL);
}

static void test_reached_by_unaligned_pointer(void) {
    keep_packed();
    CHECK_LEAKS("");
}

static APART void keep_tagged(void) {
    global = (struct animal *)((uintptr_t)new_animal(NULL) | (uintptr_t)0xfffb << 48);
}

static void test_reached_by_tagged_pointer(void) {
    keep_tagged();
    CHECK_LEAKS("");
}

static struct animal **pool;

static APART void keep_in_pool(size_t pages) {
    pool = mmap(NULL, pages * 4096, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    pool[pages * 512 - 1] = new_animal(NULL);
    /* Beside it there may be malloc's own mappings. */
    global = opaque(malloc(1 << 20));
    global->next = NULL;
}

static void test_reached_from_mapping(void) {
    keep_in_pool(16);
    CHECK_LEAKS("");
    mprotect(pool, 16 * 4096, PROT_READ);
    CHECK_LEAKS("");
    munmap(pool, 16 * 4096);
    CHECK_LEAKS(ANIMAL);
}

/* 256 GiB of which a page is touched. */
static void test_reached_from_sparse_mapping(void) {
    keep_in_pool((size_t)1 << 26);
    CHECK_LEAKS("");
}

static APART void keep_beside_hole(char *page) {
    global = opaque(new_animal(NULL));
    *(struct animal **)page = new_animal(NULL);
}

static void test_memory_that_cannot_be_read(void) {
    char *pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    keep_beside_hole(pages + 2 * 4096);
    mprotect(pages + 4096, 4096, PROT_NONE);
    CHECK_LEAKS("");
    mprotect(pages, 3 * 4096, PROT_NONE);
    CHECK_LEAKS(ANIMAL);
}

static APART void keep_in_block_with_hole(void) {
    char *block = aligned_alloc(4096, 4 * 4096);
    memset(block, 0, 4 * 4096);
    *(struct animal **)(block + 3 * 4096) = new_animal(NULL);
    mprotect(block + 4096, 4096, PROT_NONE);
    global = (struct animal *)block;
}

static void test_block_that_cannot_be_read_whole(void) {
    keep_in_block_with_hole();
    CHECK_LEAKS("");
}

/* A guard inside a mapping: it is not to be seen in the kernel's list. */
static void test_guard_in_mapping(void) {
    enum { GUARD_INSTALL = 102 };
    char *pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (madvise(pages + 4096, 4096, GUARD_INSTALL) != 0)
        return;
    keep_beside_hole(pages + 2 * 4096);
    CHECK_LEAKS("");
}

/* A mapping of a file that has become shorter. */
static void test_mapping_past_its_file(void) {
    int file = memfd_create("short", 0);
    CHECK(ftruncate(file, 3 * 4096) == 0);
    char *pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    keep_beside_hole(pages);
    CHECK(ftruncate(file, 4096) == 0);
    CHECK_LEAKS("");
}

/* ---- Sizes and failures ---- */

static APART void drop_sizes(void) {
    opaque(zoo_malloc(ADD_ANIMAL, 0));
    opaque(zoo_malloc(ADD_ANIMAL, 1));
}

static void test_size_0(void) {
    drop_sizes();
    CHECK_LEAKS("zoo.c:10: 2 blocks of struct animal, 1 byte, allocated by malloc in "
                "add_animal\n");
}

static APART void keep_size_0(void) {
    global = zoo_malloc(ADD_ANIMAL, 0);
}

static void test_size_0_is_reached(void) {
    keep_size_0();
    CHECK_LEAKS("");
}

static APART void resize_to_0(void) {
    void *block = zoo_malloc(ADD_ANIMAL, 100);
    block = zoo_realloc(GROW_FRIENDS, block, 0);
    CHECK(block == NULL);
}

static void test_realloc_to_0_frees(void) {
    resize_to_0();
    CHECK_LEAKS("");
}

static APART void fail_to_grow(void) {
    char *block = zoo_malloc(ADD_ANIMAL, 40);
    memset(block, 0, 40);
    *(struct animal **)block = new_animal(NULL);
    global = (struct animal *)block;
    volatile size_t huge = PTRDIFF_MAX;
    errno = 0;
    CHECK(zoo_realloc(GROW_FRIENDS, block, huge) == NULL);
    CHECK(errno == ENOMEM);
}

static void test_failed_realloc_keeps_block(void) {
    fail_to_grow();
    CHECK_LEAKS("");
    lose_vector();
    CHECK_LEAKS(ANIMALS("2", "80"));
}

static void test_failed_allocations(void) {
    volatile size_t huge = PTRDIFF_MAX;
    CHECK(zoo_malloc(ADD_ANIMAL, huge) == NULL);
    CHECK(zoo_calloc(ADD_ANIMAL, huge, 16) == NULL);
    CHECK_LEAKS("");
}

static APART void resize_nothing(void) {
    opaque(zoo_realloc(GROW_FRIENDS, NULL, 16));
}

static void test_realloc_of_null(void) {
    resize_nothing();
    CHECK_LEAKS("zoo.c:30: 1 block of struct animal *, 16 bytes, allocated by realloc in "
                "grow_friends\n");
}

/* ---- Moments ---- */

static APART void make_old(void) {
    global = NULL;
    struct animal *old = new_animal(NULL);
    old->next = NULL;
    /* Held from where nobody looks, as a fixture's value is. */
    uintptr_t *hidden = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    *hidden = (uintptr_t)old;
    pool = (struct animal **)hidden;
}

static APART void add_to_old(void) {
    (*pool)->next = new_animal(NULL);
}

static void check_leaks_since(uint32_t since, size_t wanted) {
    struct leak leak = {0};
    CHECK(_thimble_find_leaks(since, &leak, 1) == (observed() && wanted > 0));
    CHECK(!observed() || leak.count == wanted);
}

static void test_older_blocks_are_not_leaked_and_keep_others(void) {
    make_old();
    uint32_t since = _thimble_tracker_now();
    add_to_old();
    check_leaks_since(since, 0);
    (*pool)->next = NULL;
    _thimble_clear_dead_stack();
    check_leaks_since(since, 1);
}

/* What they point to is no leak either. */
static void test_excused(void) {
    uint32_t since = _thimble_tracker_now();
    drop_one();
    uint32_t moment = _thimble_tracker_now();
    drop_one();
    drop_one();
    _thimble_excuse_since(moment);
    _thimble_clear_dead_stack();
    check_leaks_since(since, 1);
    drop_one();
    _thimble_clear_dead_stack();
    check_leaks_since(since, 2);
    check_leaks_since(moment, 1);
}

/* One within another, and more than are kept apart. */
static void test_excused_many_times(void) {
    uint32_t since = _thimble_tracker_now();
    drop_one();
    for (int i = 0; i < 3000; i++) {
        uint32_t outer = _thimble_tracker_now();
        drop_one();
        uint32_t inner = _thimble_tracker_now();
        drop_one();
        _thimble_excuse_since(inner);
        if (i % 2)
            _thimble_excuse_since(outer);
    }
    _thimble_clear_dead_stack();
    check_leaks_since(since, 1 + 1500);
}

static void test_capacity(void) {
    drop_some();
    _thimble_clear_dead_stack();
    struct leak leaks[2];
    CHECK(_thimble_find_leaks(0, leaks, 0) == 0);
    CHECK(!observed() || _thimble_find_leaks(1, leaks, 2) == 2);
    CHECK(!observed() || (leaks[0].bytes == 1000 && leaks[1].bytes == 120));
}

/* ---- What is excused, what is reached ---- */

/* By an address in it, and with what it alone leads to; another search finds the same. */
static APART void excuse_one_of_two(void) {
    struct animal *kept = new_animal("Jojo");
    CHECK(!observed() || _thimble_leak_ok((char *)kept + 8));
    opaque(kept);
    opaque(new_animal(NULL));
    CHECK(!_thimble_leak_ok(&global));
}

static void test_leak_ok(void) {
    excuse_one_of_two();
    CHECK_LEAKS(ANIMAL);
    CHECK_LEAKS(ANIMAL);
}

static APART void free_and_drop_again(void) {
    struct animal *animal = new_animal(NULL);
    _thimble_leak_ok(animal);
    free_animal(opaque(animal));
    for (int i = 0; i < 5; i++)
        opaque(new_animal(NULL));
}

static void test_who_comes_to_lie_there_is_not_excused(void) {
    free_and_drop_again();
    CHECK_LEAKS(ANIMALS("5", "200"));
}

static void test_reachable(void) {
    static struct leak found[2];
    uint32_t since = _thimble_tracker_now();
    global = opaque(new_animal("Spot"));
    drop_one();
    size_t count = _thimble_find_reachable(since, found, 2);
    if (observed()) {
        CHECK(count == 2 && found[0].bytes == 40 && found[1].bytes == 5);
        CHECK(found[0].count == 1 && ~found[0].inverted[0] == (uintptr_t)global);
        CHECK(found[0].sizes[0] == 40 && found[0].inverted[1] == 0);
    }
    free_animal(global);
    global = NULL;
}

void run_leak_tests(void) {
    TEST(test_lost_block);
    TEST(test_nothing);
    TEST(test_freed_blocks);
    TEST(test_groups_largest_first);
    TEST(test_ring_of_lost_blocks);
    TEST(test_freed_owner_keeps_nothing);
    TEST(test_stale_copies_in_freed_memory);
    TEST(test_vector);
    TEST(test_one_past_the_end_is_no_pointer_to_it);
    TEST(test_reached_from_global);
    TEST(test_reached_through_chain);
    TEST(test_reached_from_thread_storage);
    TEST(test_reached_from_thread_specific);
    TEST(test_reached_from_stack);
    TEST(test_reached_from_register);
    TEST(test_reached_by_inner_pointer);
    TEST(test_reached_by_unaligned_pointer);
    TEST(test_reached_by_tagged_pointer);
    TEST(test_reached_from_mapping);
    TEST(test_reached_from_sparse_mapping);
    TEST(test_memory_that_cannot_be_read);
    TEST(test_block_that_cannot_be_read_whole);
    TEST(test_guard_in_mapping);
    TEST(test_mapping_past_its_file);
    TEST(test_size_0);
    TEST(test_size_0_is_reached);
    TEST(test_realloc_to_0_frees);
    TEST(test_failed_realloc_keeps_block);
    TEST(test_failed_allocations);
    TEST(test_realloc_of_null);
    TEST(test_older_blocks_are_not_leaked_and_keep_others);
    TEST(test_excused);
    TEST(test_excused_many_times);
    TEST(test_capacity);
    TEST(test_leak_ok);
    TEST(test_who_comes_to_lie_there_is_not_excused);
    TEST(test_reachable);
}
