// not-modes: pedantic
// run: -s -q
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <thimble.h>
#include <unistd.h>

struct node {
    int value;
    struct node *next;
    const char *name;
};
struct large {
    char before[16];
    int numbers[3000];
    char behind[16];
};
struct self {
    struct self *left, *right, *up;
};

/* Two pages, the second of which is not there. */
static char *half(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *pages =
        mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(pages + page, page, PROT_NONE);
    return pages + page;
}

void test_wild_pointers(void) {
    struct node *node = (struct node *)0x1234567, *odd = (struct node *)UINTPTR_MAX;
    const char *text = (const char *)0x1234567;
    void (*function)(void) = (void (*)(void))0x1234567;
    struct node holder = {1, node, text};
    print_repr(node, odd, text, function, holder);
}

void test_misaligned_pointers(void) {
    char bytes[64] = {0};
    struct node *node = (struct node *)(void *)(bytes + 1);
    bytes[1] = 5;
    int *number = (int *)(void *)(bytes + 1);
    print_repr(node, number);
}

void test_unterminated_strings(void) {
    char *end = half(), *text = end - 4;
    memcpy(text, "Spot", 4);
    print_repr(text);
}

void test_an_object_that_ends_too_early(void) {
    char *end = half();
    struct node *node = (struct node *)(void *)(end - sizeof(int));
    memcpy(end - sizeof(int), &(int){5}, sizeof(int));
    print_repr(node);
}

void test_a_struct_without_its_middle(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *pages =
        mmap(NULL, 4 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct large *large = (struct large *)(void *)(pages + page - 1024);
    strcpy(large->before, "before");
    strcpy(large->behind, "behind");
    mprotect(pages + page, page, PROT_NONE);
    print_repr(large);
}

void test_what_points_at_itself(void) {
    struct self a, b;
    a = (struct self){&a, &b, NULL};
    b = (struct self){&a, &b, &a};
    print_repr(&a);
    repr_set_depth(1000);
    print_repr(&a);
}

/* Each level shows both of its children twice. */
void test_a_bush_is_cut(void) {
    struct self nodes[20];
    for (int i = 0; i < 20; i++)
        nodes[i] = i ? (struct self){&nodes[i - 1], &nodes[i - 1], &nodes[i - 1]}
                     : (struct self){NULL, NULL, NULL};
    repr_set_depth(20);
    repr_set_limit(200);
    print_repr(&nodes[19]);
}

void test_a_very_deep_list(void) {
    static struct node nodes[100000];
    struct node *before = NULL;
    for (int i = 0; i < 100000; i++) {
        nodes[i] = (struct node){i, before, "x"};
        before = &nodes[i];
    }
    struct node first = {1, &nodes[99999], NULL};
    repr_set_depth(1000000);
    repr_set_limit(100000000);
    assert(strlen(repr(first)) < 10000000);
}
