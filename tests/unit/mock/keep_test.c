/* What is kept of what a pointer leads to, where some of it may not be there. */
#include "../../../runtime/mock/keep.h"
#include "../../../runtime/mock/memory.h"
#include "../../../runtime/mock/readable.h"
#include "kit.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct animal {
    const char *name;
    int *legs;
    char letters[8];
};

static struct kit kit;
static uint32_t animal, animal_pointer, int_pointer, string_pointer, file_pointer;

static const char in_program[100] = "in the program";

static void check_fetching(void) {
    char here[100] = "on the stack", to[100];
    char *heap = malloc(100);
    memset(heap, 'h', 100);
    CHECK(_thimble_fetch(to, in_program, 100) == 100 && !strcmp(to, in_program));
    CHECK(_thimble_fetch(to, here, 100) == 100 && !strcmp(to, here));
    for (int i = 0; i < 3; i++) { /* what is learned the first time is true the second time */
        memset(to, 0, sizeof to);
        CHECK(_thimble_fetch(to, heap, 100) == 100 && !memcmp(to, heap, 100));
    }
    CHECK(_thimble_fetch(to, (char *)8, 100) == 0);
    CHECK(_thimble_fetch(to, (char *)sbrk(0) + (1 << 20), 1) == 0);
    free(heap);
}

static void check_fetching_to_an_end(void) {
    char to[100];
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(pages + page, page, PROT_NONE);
    memset(pages, 'p', page);
    CHECK(_thimble_fetch(to, pages + page - 10, 100) == 10);
    CHECK(_thimble_fetch(to, pages + page, 100) == 0);
    const char *string = pages + page - 10;
    struct kept_value kept = _thimble_keep_value(kit_unit(&kit), kit.string, &string, true);
    CHECK(kept.recorded_count == 1 && kept.recorded[0].length == 10 && !kept.recorded[0].ended);
    CHECK_TEXT(kept.recorded[0].bytes, "pppppppppp");
    munmap(pages, 2 * page);
}

static void check_object(void) {
    int legs = 4;
    char name[] = "Spot";
    struct animal spot = {name, &legs, "abc"};
    struct animal *pointer = &spot, *copy;
    struct kept_value kept = _thimble_keep_value(kit_unit(&kit), animal_pointer, &pointer, true);
    strcpy(name, "Jojo");
    memcpy(&copy, kept.data, sizeof copy);
    CHECK(copy != &spot && copy->legs == &legs && !strcmp(copy->letters, "abc"));
    CHECK_TEXT(copy->name, "Spot");
    CHECK(_thimble_kept_address(&kept, kept.data) == (const char *)&spot);
    CHECK(_thimble_kept_address(&kept, (const char *)&copy->name) == name);
    CHECK((uintptr_t)copy % _Alignof(max_align_t) == 0);
}

static void check_what_is_followed(void) {
    struct plan plan = {0};
    _thimble_plan(&plan, kit_unit(&kit), animal, 0, true);
    CHECK(plan.count == 1 && plan.total == 1 && plan.pointers[0].width == 1);
    _thimble_plan(&plan, kit_unit(&kit), animal_pointer, 32, true);
    CHECK(plan.count == 2 && plan.total == 3 && plan.pointers[1].inner);
    _thimble_plan(&plan, kit_unit(&kit), file_pointer, 40, true);
    _thimble_plan(&plan, kit_unit(&kit), int_pointer, 48, false);
    CHECK(plan.count == 2);
    _thimble_plan(&plan, kit_unit(&kit), string_pointer, 56, true);
    CHECK(plan.count == 3 && plan.total == 5);
}

static void check_giving_back(void) {
    char *first = _thimble_test_alloc(100);
    _thimble_test_shrink(first, 100, 20);
    char *second = _thimble_test_alloc(100);
    CHECK(second == first + 32);
    _thimble_test_alloc(16);
    _thimble_test_shrink(second, 100, 20); /* not the last */
    CHECK((char *)_thimble_test_alloc(16) == second + 112 + 16);
    kit_end_test();
}

void test_keep(void) {
    kit_start(&kit, "keep.c");
    int_pointer = kit_pointer(&kit, kit.int_);
    string_pointer = kit_pointer(&kit, kit.string);
    animal = kit_struct(&kit, "animal", sizeof(struct animal), 8, 0,
                        MEMBERS(FIELD(struct animal, name, kit.const_string),
                                FIELD(struct animal, legs, int_pointer),
                                FIELD(struct animal, letters, kit_array(&kit, kit.char_, 8))));
    animal_pointer = kit_pointer(&kit, animal);
    file_pointer = kit_pointer(
        &kit, kit_struct(&kit, "_IO_FILE", 8, 8, 0, MEMBERS(PARAMETER("text", kit.string))));
    kit_register(&kit);
    check_fetching();
    check_fetching_to_an_end();
    check_object();
    check_what_is_followed();
    check_giving_back();
    kit_end_test();
}
