#include "kit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "layout.h"
#include "model.h"
#include "options.h"
#include "tracker/interpose.h"
#include "tracker/tracker.h"

/* As the object with the runner's main says it. */
extern const char thimble_is_test_program;
const char thimble_is_test_program = 1;

/* ---- Checks ---- */

static uint32_t since;
static bool failing;
static int passed, failed;

void check(bool condition, const char *file, int line, const char *what) {
    if (condition)
        return;
    failing = true;
    printf("%s:%d: %s\n", file, line, what);
}

bool observed(void) {
    return _thimble_observing();
}

/* What is searched for must not lie about in frames of the checks themselves:
 * they have no room for it. */
static struct leak leaks[16];
static char leak_text[4096];

static APART void describe_leaks(size_t count) {
    struct text text = _thimble_text(leak_text, sizeof(leak_text));
    for (size_t i = 0; i < count; i++) {
        _thimble_describe_leak(&text, &leaks[i]);
        _thimble_puts(&text, "\n");
    }
}

void check_leaks(const char *wanted, const char *file, int line) {
    size_t count = _thimble_find_leaks(since, leaks, 16);
    describe_leaks(count);
    if (!observed())
        wanted = "";
    if (strcmp(leak_text, wanted) == 0)
        return;
    failing = true;
    printf("%s:%d: leaks are\n%swanted\n%s", file, line, leak_text, wanted);
}

/* The test that the command line names. */
static const char *only;

void run_test(const char *name, void (*function)(void)) {
    if (only && strcmp(only, name) != 0)
        return;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        alarm(60);
        since = _thimble_tracker_now();
        _thimble_clear_dead_stack();
        function();
        fflush(stdout);
        _exit(failing);
    }
    int status;
    bool good = waitpid(child, &status, 0) == child && status == 0;
    passed += good;
    failed += !good;
    if (!good)
        printf("%s failed: status %#x\n", name, status);
}

/* ---- The zoo ---- */

struct thimble_unit zoo;

static uint32_t add_type(struct model *model, const struct model_type *type) {
    static uint64_t key;
    uint32_t index = model_type_add(model, ++key);
    model_type_set(model, index, type);
    return index;
}

static uint32_t add_function(struct model *model, const char *name, bool libcs) {
    static uint64_t key;
    uint32_t type =
        add_type(model, &(struct model_type){.kind = THIMBLE_FUNCTION, .target = THIMBLE_NONE});
    return model_function_add(
        model, ++key,
        &(struct model_function){.name = name,
                                 .symbol = name,
                                 .file = libcs ? "/usr/include/stdlib.h" : "zoo.c",
                                 .line = 1,
                                 .main_file = !libcs,
                                 .type = type,
                                 .flags = libcs ? THIMBLE_SYSTEM : THIMBLE_DEFINED});
}

static void add_site(struct model *model, enum thimble_site_kind kind, uint32_t line,
                     const char *callee, const char *function, uint32_t type) {
    model_site_add(model, &(struct model_site){.kind = kind,
                                               .file = "zoo.c",
                                               .line = line,
                                               .column = 5,
                                               .function = add_function(model, function, false),
                                               .callee = add_function(model, callee, true),
                                               .type = type});
}

static void add_sites(struct model *model) {
    uint32_t character = add_type(
        model,
        &(struct model_type){
            .kind = THIMBLE_CHAR, .name = "char", .size = 1, .align = 1, .target = THIMBLE_NONE});
    uint32_t animal = add_type(model, &(struct model_type){.kind = THIMBLE_STRUCT,
                                                           .name = "animal",
                                                           .size = sizeof(struct animal),
                                                           .align = 8,
                                                           .target = THIMBLE_NONE});
    uint32_t pointer = add_type(
        model,
        &(struct model_type){.kind = THIMBLE_POINTER, .size = 8, .align = 8, .target = animal});
    add_site(model, THIMBLE_ALLOCATES, 10, "malloc", "add_animal", animal);
    add_site(model, THIMBLE_ALLOCATES, 20, "strdup", "name_animal", character);
    add_site(model, THIMBLE_RESIZES, 30, "realloc", "grow_friends", pointer);
    add_site(model, THIMBLE_ALLOCATES, 40, "getline", "read_line", character);
    add_site(model, THIMBLE_RELEASES, 50, "free", "send_away", THIMBLE_NONE);
    add_site(model, THIMBLE_ALLOCATES, 60, "calloc", "build_cage", THIMBLE_NONE);
}

static void error(void *context, const struct model_place *place, const char *message) {
    (void)context, (void)place;
    printf("%s\n", message);
    abort();
}

/* Where a shared object's bytes would be: in mappings that can go. */
static void *mapped(size_t size) {
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert(memory != MAP_FAILED);
    return memory;
}

static void describe_zoo(struct thimble_unit *unit) {
    struct options options;
    options_init(&options);
    struct model *model = model_new(&options, "zoo.c", "/src", "GCC 12.2.0");
    add_sites(model);
    model_finish(model, error, NULL);
    uint32_t size;
    unsigned char *blob = layout_blob(model, false, &size);
    *unit = (struct thimble_unit){.format = THIMBLE_FORMAT,
                                  .blob_size = size,
                                  .blob = memcpy(mapped(size), blob, size),
                                  .symbol_count = model_symbol_count(model),
                                  .slot_count = model_slot_count(model)};
    unit->symbols = mapped(1 + unit->symbol_count * sizeof(void *));
    unit->slots = mapped(1 + unit->slot_count * sizeof(void *));
    free(blob);
    model_free(model);
    options_free(&options);
}

struct thimble_unit *make_zoo(void) {
    struct thimble_unit *unit = mapped(sizeof(*unit));
    describe_zoo(unit);
    return unit;
}

static void allocated(enum zoo_site site, void *block, size_t size) {
    if (zoo.allocated)
        zoo.allocated(&zoo, site, block, size);
}

static void releasing(enum zoo_site site, void *block) {
    if (zoo.releasing)
        zoo.releasing(&zoo, site, block);
}

void *zoo_malloc(enum zoo_site site, size_t size) {
    void *block = malloc(size);
    allocated(site, block, size);
    return block;
}

void *zoo_calloc(enum zoo_site site, size_t count, size_t size) {
    void *block = calloc(count, size);
    allocated(site, block, count * size);
    return block;
}

char *zoo_strdup(enum zoo_site site, const char *text) {
    char *block = strdup(text);
    allocated(site, block, THIMBLE_SIZE_UNKNOWN);
    return block;
}

void *zoo_realloc(enum zoo_site site, void *block, size_t size) {
    releasing(site, block);
    void *resized = realloc(block, size);
    allocated(site, resized, size);
    return resized;
}

long zoo_getline(enum zoo_site site, char **line, size_t *capacity, FILE *file) {
    long length = getline(line, capacity, file);
    allocated(site, *line, THIMBLE_SIZE_UNKNOWN);
    return length;
}

void zoo_free(void *block) {
    releasing(SEND_AWAY, block);
    free(block);
}

APART struct animal *new_animal(const char *name) {
    struct animal *animal = zoo_malloc(ADD_ANIMAL, sizeof(*animal));
    memset(animal, 0, sizeof(*animal));
    if (name)
        animal->name = zoo_strdup(NAME_ANIMAL, name);
    return animal;
}

APART void free_animal(struct animal *animal) {
    zoo_free(animal->name);
    zoo_free(animal->friends);
    zoo_free(animal);
}

void *opaque(void *pointer) {
    __asm__ volatile("" : "+r"(pointer));
    return pointer;
}

int main(int count, char **arguments) {
    only = count > 1 ? arguments[1] : NULL;
    describe_zoo(&zoo);
    thimble_register(&zoo);
    _thimble_tracker_start();
    _thimble_clear_dead_stack();
    run_shadow_tests();
    run_soak_tests();
    run_leak_tests();
    run_foreign_tests();
    run_thread_tests();
    run_release_tests();
    run_unit_tests();
    run_describe_tests();
    run_interpose_tests();
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
