// run: -j 1
#define _GNU_SOURCE 1
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <thimble.h>
#include <unistd.h>

/* What pointers point to, near and far, and what they must not be followed to. */

struct node {
    struct node *next;
    int value;
};

struct tree {
    struct tree *left, *right;
    const char *name;
};

struct holder {
    int count;
    int *numbers;
    void *opaque;
    void (*call)(void);
};

static void make_list(struct node *nodes, int count) {
    for (int i = 0; i < count; i++)
        nodes[i] = (struct node){i + 1 < count ? &nodes[i + 1] : NULL, i};
}

void test_what_is_pointed_to(void) {
    int a = 1, b = 2, *p = &a, *q = &b;
    assert_equal(p, q);
}

void test_pointers_to_pointers(void) {
    int a = 1, b = 2, *p = &a, *q = &b, **pp = &p, **qq = &q;
    assert_equal(pp, qq);
}

void test_a_member_behind_a_pointer(void) {
    int a[] = {1, 2}, b[] = {3, 2};
    struct holder one = {2, a, NULL, NULL}, other = {2, b, NULL, NULL};
    assert_equal(one, other);
}

void test_a_list(void) {
    struct node a[3], b[3];
    make_list(a, 3);
    make_list(b, 3);
    b[2].value = 20;
    assert_equal(a[0], b[0]);
}

void test_a_list_that_is_longer(void) {
    struct node a[4], b[3];
    make_list(a, 4);
    make_list(b, 3);
    b[2].value = 20;
    assert_equal(&a[0], &b[0]);
}

void test_far_down_a_list(void) {
    static struct node a[1000], b[1000];
    struct node *list = a, *expected = b;
    make_list(a, 1000);
    make_list(b, 1000);
    b[999].value = 0;
    assert_equal(list, expected);
}

void test_the_nearest_first(void) {
    struct tree leaf = {NULL, NULL, "leaf"}, other_leaf = {NULL, NULL, "other"};
    struct tree a = {&leaf, NULL, "a"}, b = {&other_leaf, NULL, "b"};
    assert_equal(a, b);
}

void test_in_a_circle(void) {
    struct node a[2], b[3];
    make_list(a, 2);
    make_list(b, 3);
    a[1].next = &a[0];
    b[2].next = &b[0];
    b[2].value = 0;
    assert_equal(&a[0], &b[0]);
}

void test_shared_and_not(void) {
    struct tree leaf = {NULL, NULL, "leaf"}, twin = leaf, odd = {NULL, NULL, "odd"};
    struct tree a = {&leaf, &leaf, "a"}, b = {&leaf, &twin, "a"}, c = {&twin, &odd, "a"};
    assert_equal(a, b);
    assert_equal(a, c);
}

void test_null(void) {
    struct node node = {NULL, 1}, *none = NULL;
    assert_equal(none == NULL, 1);
    assert_equal(NULL, none);
    assert_equal(node.next, &node);
}

void test_a_wild_one(void) {
    struct tree a = {(struct tree *)16, NULL, "a"}, leaf = {NULL, NULL, "leaf"};
    struct tree b = {&leaf, NULL, "a"}, same = a;
    assert_equal(a, same);
    assert_equal(a, b);
}

void test_a_wild_string(void) {
    struct tree a = {NULL, NULL, (const char *)16}, b = {NULL, NULL, "b"};
    assert_equal(a, b);
}

void test_the_end_of_memory(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(pages + page, page);
    struct tree *last = (struct tree *)(pages + page - sizeof *last);
    struct tree same = {NULL, NULL, NULL};
    assert_equal(last, &same);
    int *end = (int *)(pages + page - 2 * sizeof *end);
    assert_equal(end, ((int[]){0, 0}));
    assert_equal(end, ((int[]){0, 0, 0}));
}

static void nothing(void) {
}

static void nothing_either(void) {
}

void test_functions(void) {
    struct holder a = {0, NULL, NULL, nothing}, b = {0, NULL, NULL, nothing_either}, same = a;
    assert_equal(a, same);
    assert_equal(a.call, nothing);
    assert_equal(nothing_either == b.call, 1);
    assert_equal(a.call == b.call, 1);
}

void test_void(void) {
    int a = 1, b = 1;
    struct holder one = {0, NULL, &a, NULL}, other = {0, NULL, &b, NULL};
    assert_equal(one, other);
}

void test_freed(void) {
    struct node *a = malloc(sizeof *a), b = {NULL, 7};
    *a = b;
    assert_equal(a, &b);
    free(a);
}
