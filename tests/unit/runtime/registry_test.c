#include "../../../runtime/registry/registry.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

/* ---- A unit by hand ---- */

struct section_of_strings {
    struct thimble_section head;
    char bytes[64];
};

struct small_blob {
    struct thimble_blob head;
    struct section_of_strings strings;
    struct thimble_section source_head;
    struct thimble_source source;
    struct thimble_section types_head;
    struct thimble_type types[4];
    struct thimble_section members_head;
    struct thimble_member members[1];
    struct thimble_section functions_head;
    struct thimble_function functions[2];
    struct thimble_section tests_head;
    struct thimble_test tests[1];
    struct thimble_section sites_head;
    struct thimble_site sites[1];
    struct thimble_section unknown_head;
    char unknown[8];
};

#define HEAD(kind, field)                                                                          \
    { kind, sizeof(((struct small_blob *)0)->field) }

/* Strings: 1 "zoo.c", 7 "test_feeds", 18 "animal". */
static const struct small_blob pattern = {
    .head = {THIMBLE_MAGIC, sizeof(struct small_blob), 8, 0},
    .strings = {{THIMBLE_STRINGS, 64}, "\0zoo.c\0test_feeds\0animal"},
    .source_head = HEAD(THIMBLE_SOURCE, source),
    .source = {.file = 1},
    .types_head = HEAD(THIMBLE_TYPES, types),
    .types = {{.kind = THIMBLE_INTEGER, .size = 4, .target = THIMBLE_NONE},
              {.kind = THIMBLE_TYPEDEF, .name = 18, .target = 0},
              {.kind = THIMBLE_FUNCTION, .count = 1, .first = 0, .target = THIMBLE_NONE},
              {.kind = THIMBLE_QUALIFIED, .target = 1}},
    .members_head = HEAD(THIMBLE_MEMBERS, members),
    .members = {{.name = 18, .type = 3}},
    .functions_head = HEAD(THIMBLE_FUNCTIONS, functions),
    .functions = {{.name = 7, .identity = 7, .type = 2, .slot = THIMBLE_NONE, .symbol = 0},
                  {.name = 18, .identity = 18, .type = 2, .slot = 1, .symbol = THIMBLE_NONE}},
    .tests_head = HEAD(THIMBLE_TESTS, tests),
    .tests = {{.function = 0}},
    .sites_head = HEAD(THIMBLE_SITES, sites),
    .sites = {{.file = 1, .function = 0, .callee = 1, .type = THIMBLE_NONE}},
    .unknown_head = {77, 8},
};

static const void *symbols[1] = {"a test's address"};
static void *slots[2];

struct sample {
    _Alignas(8) struct small_blob blob;
    struct thimble_unit object;
};

static void make_sample(struct sample *sample) {
    memset(sample, 0, sizeof(*sample));
    sample->blob = pattern;
    sample->object = (struct thimble_unit){.format = THIMBLE_FORMAT,
                                           .blob_size = sizeof(sample->blob),
                                           .blob = &sample->blob.head,
                                           .symbols = symbols,
                                           .slots = slots,
                                           .symbol_count = 1,
                                           .slot_count = 2};
}

/* ---- What it says ---- */

/* What registering the unit prints to standard error. */
static const char *complaint(struct thimble_unit *object) {
    static char text[1024];
    int ends[2], saved = dup(STDERR_FILENO);
    CHECK(pipe(ends) == 0);
    dup2(ends[1], STDERR_FILENO);
    thimble_register(object);
    dup2(saved, STDERR_FILENO);
    close(saved);
    close(ends[1]);
    ssize_t length = read(ends[0], text, sizeof(text) - 1);
    text[length > 0 ? length : 0] = '\0';
    close(ends[0]);
    return text;
}

static uint32_t unit_count(void) {
    uint32_t count = 0;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        count++;
    return count;
}

static void check_refused(struct sample *sample, const char *what) {
    uint32_t before = unit_count();
    CHECK_CONTAINS(complaint(&sample->object), what);
    CHECK(unit_count() == before && !sample->object.state);
    thimble_unregister(&sample->object);
    make_sample(sample);
}

static void check_damaged(void) {
    struct sample sample;
    make_sample(&sample);
    sample.object.format = 7;
    sample.object.blob = (const void *)16;
    sample.object.state = (void *)32;
    uint32_t before = unit_count();
    CHECK_CONTAINS(complaint(&sample.object), "compiled for format 7, this runtime reads format 1");
    struct thimble_ref ref = {&sample.object, 0, THIMBLE_REF_FUNCTION};
    CHECK(!_thimble_ref_unit(ref) && !_thimble_ref_function(ref));
    thimble_unregister(&sample.object);
    CHECK(unit_count() == before);
    make_sample(&sample);

    sample.object.blob = NULL;
    check_refused(&sample, "has no descriptors");
    sample.blob.head.magic++;
    check_refused(&sample, "does not begin as descriptors do");
    sample.object.blob_size -= 8;
    check_refused(&sample, "does not begin as descriptors do");
    sample.object.slots = NULL;
    check_refused(&sample, "has no tables");
    sample.blob.head.section_count++;
    check_refused(&sample, "sections that do not fit");
    sample.blob.strings.head.size = UINT32_MAX;
    check_refused(&sample, "sections that do not fit");
    sample.blob.unknown_head.size = 9;
    check_refused(&sample, "sections that do not fit");
    sample.blob.strings.bytes[63] = 'x';
    check_refused(&sample, "strings without an end");
    sample.blob.tests[0].function = THIMBLE_NONE;
    check_refused(&sample, "indices out of bounds");
    sample.blob.types[2].first = UINT32_MAX;
    check_refused(&sample, "indices out of bounds");
    sample.blob.types[2].count = UINT64_MAX;
    sample.blob.types[2].first = 1;
    check_refused(&sample, "indices out of bounds");
    sample.blob.functions[1].slot = 2;
    check_refused(&sample, "indices out of bounds");
    sample.blob.functions[0].symbol = 1;
    check_refused(&sample, "indices out of bounds");
    sample.blob.members[0].type = 4;
    check_refused(&sample, "indices out of bounds");
    sample.blob.sites[0].callee = 2;
    check_refused(&sample, "indices out of bounds");
}

/* Reads whatever a user of the registry may read. */
static void read_everything(const struct unit *unit) {
    size_t length = strlen(unit->file);
    for (uint32_t i = 0; i < unit->type_count; i++) {
        length += strlen(_thimble_string(unit, unit->types[i].name));
        _thimble_bare_type(unit, i);
    }
    for (uint32_t i = 0; i < unit->test_count; i++) {
        const struct thimble_function *function = &unit->functions[unit->tests[i].function];
        length += strlen(_thimble_string(unit, function->name));
        _thimble_symbol(unit, function->symbol);
    }
    CHECK(length < 10000);
}

/* Any byte changed to anything: registered or refused, nothing crashes. */
static void check_fuzzed(void) {
    int saved = dup(STDERR_FILENO), nothing = open("/dev/null", O_WRONLY);
    dup2(nothing, STDERR_FILENO);
    srand(1);
    static struct sample sample;
    for (int i = 0; i < 20000; i++) {
        make_sample(&sample);
        for (int changes = 1 + rand() % 3; changes > 0; changes--)
            ((unsigned char *)&sample.blob)[(size_t)rand() % sizeof(sample.blob)] =
                (unsigned char)(rand() % 3 ? rand() : 255);
        thimble_register(&sample.object);
        if (sample.object.state)
            read_everything(sample.object.state);
        thimble_unregister(&sample.object);
    }
    dup2(saved, STDERR_FILENO);
    close(saved);
    close(nothing);
}

/* ---- Coming and going ---- */

static struct unit *came, *left;

static void note_coming(struct unit *unit) {
    came = unit;
}

static void note_leaving(struct unit *unit) {
    left = unit;
}

static void check_lookups(const struct sample *sample) {
    const struct unit *unit = sample->object.state;
    CHECK_TEXT(unit->file, "zoo.c");
    CHECK(unit->type_count == 4 && unit->test_count == 1 && unit->enumerator_count == 0);
    CHECK_TEXT(_thimble_string(unit, 7), "test_feeds");
    CHECK_TEXT(_thimble_string(unit, 64), "");
    CHECK_TEXT(_thimble_string(unit, THIMBLE_NONE), "");
    CHECK(_thimble_symbol(unit, 0) == symbols[0] && !_thimble_symbol(unit, 1));
    CHECK(_thimble_bare_type(unit, 3) == &unit->types[0]);
    CHECK(!_thimble_type(unit, THIMBLE_NONE));
    struct thimble_ref ref = {&sample->object, 1, THIMBLE_REF_FUNCTION};
    CHECK(_thimble_ref_function(ref) == &unit->functions[1] && !_thimble_ref_type(ref));
    ref.index = 2;
    CHECK(!_thimble_ref_function(ref));
    CHECK(!_thimble_ref_unit((struct thimble_ref){0}));
}

static void check_circle(struct sample *sample) {
    thimble_unregister(&sample->object);
    sample->blob.types[1].target = 3;
    thimble_register(&sample->object);
    CHECK(!_thimble_bare_type(sample->object.state, 3));
}

void check_registry(void) {
    static struct sample samples[3];
    for (int i = 0; i < 3; i++) {
        make_sample(&samples[i]);
        CHECK_TEXT(complaint(&samples[i].object), "");
    }
    thimble_register(&samples[0].object);
    CHECK(unit_count() == 3 && _thimble_units()->object == &samples[0].object);
    CHECK(_thimble_units()->next->object == &samples[1].object);
    check_lookups(&samples[0]);

    _thimble_each_unit(note_coming);
    CHECK(came == samples[2].object.state);
    _thimble_unit_leaves(note_leaving);
    struct unit *second = samples[1].object.state;
    thimble_unregister(&samples[1].object);
    CHECK(left == second && unit_count() == 2);
    thimble_unregister(&samples[1].object);
    thimble_unregister(&samples[2].object);
    thimble_register(&samples[1].object);
    CHECK(came == samples[1].object.state && unit_count() == 2);
    check_circle(&samples[1]);
    check_damaged();
    check_fuzzed();
    CHECK(unit_count() == 2);
    thimble_unregister(&samples[0].object);
    thimble_unregister(&samples[1].object);
    CHECK(unit_count() == 0);
}
