/* Usage: repr_fuzz [COUNT [SEED [LIBRARY...]]]
 *
 * repr over random bytes: COUNT values of random types, and of the types in libraries that
 * the plugin compiled, with pointers into odd places. Nothing may fault, no sanitizer may
 * find anything, and no text may be longer than was asked for, or take long. The program
 * and all of the runtime in it are built with the sanitizers. */
#define _GNU_SOURCE 1

#include "../../runtime/repr/repr.h"
#include "types.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* ---- What the runtime's other half would have ---- */

void _thimble_fail(const char *file, int line, const char *format, ...);
bool _thimble_is_in_test(void);
void _thimble_at_test_end(void (*undo)(void *), void *data);
unsigned _thimble_scope(void);

void _thimble_fail(const char *file, int line, const char *format, ...) {
    printf("%s:%d: a failure: %s\n", file, line, format);
    exit(1);
}

bool _thimble_is_in_test(void) {
    return false;
}

void _thimble_at_test_end(void (*undo)(void *), void *data) {
    (void)undo, (void)data;
}

unsigned _thimble_scope(void) {
    return 0;
}

/* ---- Odd places ---- */

enum { LARGEST = 65536, PLACES = 24 };

struct globals {
    int number;
    struct globals *next;
} global = {1, &global}, globals[4];

static char *guarded; /* the end of memory that can be read */
static char *freed, *live, *object;
static size_t object_size;

static void prepare(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE), size = 2 * LARGEST;
    char *pages =
        mmap(NULL, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(pages + size, page, PROT_NONE);
    guarded = pages + size;
    memset(guarded - LARGEST, 'x', LARGEST);
    live = calloc(1, 64);
    freed = malloc(64);
    free(freed);
}

static uintptr_t odd_address(struct random *random) {
    uintptr_t near = random_below(random, 40);
    switch (random_below(random, PLACES)) {
    case 0:
        return 0;
    case 1:
        return near;
    case 2:
        return UINTPTR_MAX - near;
    case 3:
        return (uintptr_t)0xdead << 48 | near;
    case 4:
        return (uintptr_t)guarded - near;
    case 5:
        return (uintptr_t)guarded + near;
    case 6:
        return (uintptr_t)freed + near;
    case 7:
        return (uintptr_t)live + near;
    case 8:
        return (uintptr_t)&global + near;
    case 9:
        return (uintptr_t)globals + near;
    case 10:
        return (uintptr_t)prepare + near % 2;
    case 11:
        return (uintptr_t)strlen;
    case 12:
        return (uintptr_t) "Spot \xff\xfe" + near % 8;
    case 13:
        return (uintptr_t)&near + near;
    case 14:
        return (uintptr_t)random_next(random);
    default: /* cycles */
        return (uintptr_t)object + random_below(random, object_size + 1);
    }
}

/* ---- Objects ---- */

static void fill(struct random *random, char *bytes, size_t size) {
    uint64_t way = random_below(random, 6), word = random_next(random);
    for (size_t i = 0; i < size; i++) {
        if (way < 3 && i % 8 == 0)
            word = random_next(random);
        bytes[i] = (char)(way == 5 ? 0 : way == 4 ? 'a' + i % 26 : word >> i % 8 * 8);
    }
    for (size_t i = 0; i + 8 <= size; i += 8) {
        uintptr_t address = odd_address(random);
        if (way < 5 && random_below(random, 3) == 0)
            memcpy(bytes + i, &address, sizeof address);
    }
}

static struct repr_style random_style(struct random *random) {
    static const size_t limits[] = {0, 1, 20, 200, 1000, 8192}, widths[] = {0, 0, 0, 1, 20, 80};
    struct repr_style style = {
        .depth = (unsigned)random_below(random, 6),
        .limit = limits[random_below(random, 6)],
        .inside = random_below(random, 4) == 0,
        .plain = random_below(random, 4) == 0,
        .width = widths[random_below(random, 6)],
        .indent = random_below(random, 3) * 4,
    };
    if (random_below(random, 3) == 0)
        style.elements = random_below(random, 10);
    if (random_below(random, 3) == 0)
        style.characters = random_below(random, 10);
    if (random_below(random, 50) == 0)
        style.depth = 1000;
    return style;
}

/* ---- What may be said ---- */

static void complain(const char *what, const struct text *text, uint32_t type) {
    fprintf(stderr, "type %u: %s:\n%s\n", type, what, text->data);
    abort();
}

/* Quotes and comments end, and braces fit. */
static void check_shape(const struct text *text, uint32_t type) {
    long braces = 0;
    char quote = 0;
    bool comment = false;
    for (const char *at = text->data; *at; at++) {
        bool pair = at[1] && !quote;
        if (quote && *at == '\\')
            at++;
        else if (quote)
            quote = *at == quote ? 0 : quote;
        else if (pair && !comment && at[0] == '/' && at[1] == '*')
            comment = true;
        else if (pair && comment && at[0] == '*' && at[1] == '/')
            comment = false;
        else if (!comment && (*at == '"' || *at == '\''))
            quote = *at;
        else if (!comment)
            braces += *at == '{' ? 1 : *at == '}' ? -1 : 0;
        if (!*at)
            break;
        if ((unsigned char)*at < ' ' && *at != '\n')
            complain("a control character", text, type);
    }
    if (quote || comment || braces)
        complain("something is left open", text, type);
}

/* Braces that are open when there is no room left are closed, and say what they are. */
static void check_length(const struct text *text, const struct repr_style *style, uint32_t type) {
    size_t slack = 20000 + (style->depth > 100 ? 100000 : 0);
    size_t lines = style->width ? 20 : 1;
    if (text->length > (style->limit + slack) * lines)
        complain("it is too long", text, type);
}

static double slowest; /* seconds */

static double processor_time(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void show(struct random *random, const struct unit *unit, uint32_t type, bool plain) {
    static char buffer[1 << 22];
    struct text text = _thimble_text(buffer, sizeof buffer);
    struct repr_style style = random_style(random);
    style.plain |= plain;
    double start = processor_time();
    _thimble_repr_with(&text, unit, type, object, &style);
    double taken = processor_time() - start;
    slowest = taken > slowest ? taken : slowest;
    check_shape(&text, type);
    check_length(&text, &style, type);
    if (taken > 2)
        complain("it takes too long", &text, type);
}

/* In a block of its very size, misaligned, or where memory ends. */
static void try_value(struct random *random, const struct unit *unit, uint32_t type, bool plain) {
    uint64_t place = random_below(random, 4);
    object_size = (size_t)unit->types[type].size;
    if (object_size > LARGEST)
        return;
    char *block = malloc(object_size + 1);
    object = place == 0 ? guarded - object_size : place == 1 ? block + 1 : block;
    fill(random, object, object_size);
    if (random_below(random, 20) == 0) /* some of it is not there */
        object = guarded - object_size / 2;
    show(random, unit, type, plain);
    free(block);
}

/* ---- The types ---- */

static void try_unit(struct random *random, const struct unit *unit, uint64_t count, bool plain) {
    for (uint64_t i = 0; i < count && unit->type_count; i++)
        try_value(random, unit, (uint32_t)random_below(random, unit->type_count), plain);
}

static uint64_t try_libraries(struct random *random, uint64_t count) {
    uint64_t units = 0;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        units++;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        try_unit(random, unit, count / units + 1, true); /* a repr_NAME trusts its object */
    return units;
}

int main(int argc, char **argv) {
    enum { TYPES = 300, VALUES = 3000 };
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 20000;
    struct random random = {argc > 2 ? strtoull(argv[2], NULL, 0) : 1};
    for (int i = 3; i < argc; i++)
        if (!dlopen(argv[i], RTLD_LAZY | RTLD_LOCAL))
            printf("left out: %s\n", dlerror());
    random.state = random.state * UINT64_C(0x9e3779b97f4a7c15) + 1;
    prepare();
    uint64_t units = argc > 3 ? try_libraries(&random, count / 2) : 0, done = units ? count / 2 : 0;
    for (; done < count; done += VALUES)
        try_unit(&random, random_unit(&random, TYPES), VALUES, false);
    printf("%llu values, of the types of %llu units and of random ones; the slowest took %.3f s\n",
           (unsigned long long)done, (unsigned long long)units, slowest);
    return 0;
}
