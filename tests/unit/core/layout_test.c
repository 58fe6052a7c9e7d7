/* A model's blob, read back as the runtime reads it, in both byte orders. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "layout.h"
#include "sample.h"

enum { ANIMAL_KEY = 500, CELL_KEY, COLOUR_KEY };

/* ---- A reader that goes by the bytes, whatever this machine's order ---- */

struct reader {
    const unsigned char *blob;
    uint32_t size;
    bool big_endian;
};

static uint64_t number_at(const struct reader *reader, uint32_t at, uint32_t width) {
    uint64_t value = 0;
    if (at > reader->size || width > reader->size - at)
        return UINT64_MAX;
    for (uint32_t i = 0; i < width; i++)
        value |= (uint64_t)reader->blob[at + i] << 8 * (reader->big_endian ? width - 1 - i : i);
    return value;
}

#define FIELD(reader, at, type, field)                                                             \
    number_at((reader), (at) + (uint32_t)offsetof(struct type, field),                             \
              sizeof((struct type *)0)->field)

/* Where the payload of the section begins, and its size. */
static uint32_t find_section(const struct reader *reader, uint32_t kind, uint32_t *size) {
    uint32_t at = sizeof(struct thimble_blob);
    while (at < reader->size) {
        *size = (uint32_t)FIELD(reader, at, thimble_section, size);
        if (FIELD(reader, at, thimble_section, kind) == kind)
            return at + (uint32_t)sizeof(struct thimble_section);
        at += (uint32_t)sizeof(struct thimble_section) + (*size + 7) / 8 * 8;
    }
    *size = 0;
    return 0;
}

static uint32_t record(const struct reader *reader, uint32_t kind, size_t size, uint32_t i) {
    uint32_t total, at = find_section(reader, kind, &total);
    CHECK(total % size == 0 && (i + 1) * size <= total);
    return at + i * (uint32_t)size;
}

#define RECORD(kind, type, i) record(reader, (kind), sizeof(struct type), (i))

static const char *string_at(const struct reader *reader, uint64_t offset) {
    uint32_t size, at = find_section(reader, THIMBLE_STRINGS, &size);
    return offset < size ? (const char *)reader->blob + at + offset : NULL;
}

#define TEXT_FIELD(at, type, field) string_at(reader, FIELD(reader, (at), type, field))

/* ---- The unit ---- */

static void add_types(struct sample *sample) {
    struct model *model = sample->model;
    uint32_t animal = model_type_add(model, ANIMAL_KEY);
    model_type_set(model, animal,
                   &(struct model_type){.kind = THIMBLE_STRUCT,
                                        .name = "animal",
                                        .target = THIMBLE_NONE,
                                        .flags = THIMBLE_INCOMPLETE});
    struct model_member members[] = {
        {.name = "name", .type = sample->string},
        {.name = "next", .type = sample_pointer(sample, animal), .offset = 64},
        {.name = "hungry", .type = sample->int_type, .offset = 128, .width = 1, .bitfield = true},
        {.type = sample->int_type, .offset = 160},
    };
    model_type_set(model, animal,
                   &(struct model_type){.kind = THIMBLE_STRUCT,
                                        .name = "animal",
                                        .size = 24,
                                        .align = 8,
                                        .target = THIMBLE_NONE,
                                        .file = "./include/../zoo.h",
                                        .line = 7});
    model_type_members(model, animal, members, 4);

    struct model_enumerator colours[] = {{"RED", -1}, {"BLUE", INT64_C(0x123456789abcdef0)}};
    uint32_t colour = model_type_add(model, COLOUR_KEY);
    model_type_enumerators(model, colour, colours, 2);
    model_type_set(
        model, colour,
        &(struct model_type){
            .kind = THIMBLE_ENUM, .name = "colour", .size = 8, .target = sample->int_type});
    uint32_t cells = model_type_add(model, CELL_KEY);
    model_type_set(model, cells,
                   &(struct model_type){.kind = THIMBLE_ARRAY,
                                        .size = 24 * 5,
                                        .count = UINT64_C(0x100000005),
                                        .target = animal});
}

static void add_objects(struct sample *sample) {
    model_object_add(sample->model, "spots", model_type_find(sample->model, CELL_KEY), false);
    model_object_add(sample->model, "count", sample->int_type, true);
}

static void add_functions(struct sample *sample) {
    uint32_t feed = sample_test(sample, "feed", "who", sample->string);
    uint32_t opens =
        sample_function(sample, &(struct model_function){.name = "open",
                                                         .symbol = "open64",
                                                         .file = "/usr/include/fcntl.h",
                                                         .line = 200,
                                                         .type = sample->takes_nothing,
                                                         .flags = THIMBLE_SYSTEM});
    sample_test(sample, "test_feeds", NULL, 0);
    CHECK(model_seam(sample->model, opens) == 0);
    CHECK(model_seam(sample->model, feed) == 1);
    CHECK(model_seam(sample->model, opens) == 0);
    CHECK(model_slot_count(sample->model) == 2);
    CHECK(model_site_add(sample->model,
                         &(struct model_site){.kind = THIMBLE_RESIZES,
                                              .file = "./zoo.c",
                                              .line = 42,
                                              .column = 9,
                                              .function = feed,
                                              .callee = opens,
                                              .type = model_type_find(sample->model, ANIMAL_KEY),
                                              .flags = THIMBLE_WRAPS}) == 0);
    model_pair_add(sample->model, opens, "close");
    model_pair_add(sample->model, feed, "close");
    model_pair_add(sample->model, opens, "close");
}

static void add_asserts(struct sample *sample) {
    const struct model_operand operands[] = {{"fed", sample->int_type, 0, 0},
                                             {"name", sample->int_type, THIMBLE_OPERAND_HIDDEN, 8}};
    CHECK(model_assert_add(sample->model, operands, 1) == 0);
    CHECK(model_assert_add(sample->model, operands, 2) == 1);
}

/* ---- What has to be in its blob ---- */

static void read_header(const struct reader *reader) {
    CHECK(FIELD(reader, 0, thimble_blob, magic) == THIMBLE_MAGIC);
    CHECK(FIELD(reader, 0, thimble_blob, size) == reader->size);
    CHECK(FIELD(reader, 0, thimble_blob, section_count) == 16);
    CHECK(reader->size % 8 == 0);
    uint32_t at = sizeof(struct thimble_blob);
    for (int i = 0; i < 16; i++) {
        uint32_t size = (uint32_t)FIELD(reader, at, thimble_section, size);
        at += (uint32_t)sizeof(struct thimble_section) + size;
        for (; at % 8; at++)
            CHECK(reader->blob[at] == 0);
    }
    CHECK(at == reader->size);
    CHECK_TEXT(string_at(reader, 0), "");
    uint32_t source = RECORD(THIMBLE_SOURCE, thimble_source, 0);
    CHECK_TEXT(TEXT_FIELD(source, thimble_source, file), "./zoo.c");
    CHECK_TEXT(TEXT_FIELD(source, thimble_source, directory), "/src");
    CHECK_TEXT(TEXT_FIELD(source, thimble_source, compiler), "GCC 12.2.0");
    CHECK(FIELD(reader, source, thimble_source, flags) == THIMBLE_FRAMES);
    uint32_t installation = RECORD(THIMBLE_INSTALLATION, thimble_installation, 0);
    CHECK_TEXT(TEXT_FIELD(installation, thimble_installation, folder), "/opt/thimble");
}

static void read_struct(const struct reader *reader, const struct sample *sample) {
    uint32_t index = model_type_find(sample->model, ANIMAL_KEY);
    uint32_t animal = RECORD(THIMBLE_TYPES, thimble_type, index);
    CHECK(FIELD(reader, animal, thimble_type, kind) == THIMBLE_STRUCT);
    CHECK_TEXT(TEXT_FIELD(animal, thimble_type, name), "animal");
    CHECK_TEXT(TEXT_FIELD(animal, thimble_type, file), "zoo.h");
    CHECK(FIELD(reader, animal, thimble_type, line) == 7);
    CHECK(FIELD(reader, animal, thimble_type, size) == 24);
    CHECK(FIELD(reader, animal, thimble_type, align) == 8);
    CHECK(FIELD(reader, animal, thimble_type, flags) == 0);
    CHECK(FIELD(reader, animal, thimble_type, target) == THIMBLE_NONE);
    CHECK(FIELD(reader, animal, thimble_type, count) == 4);
    uint32_t first = (uint32_t)FIELD(reader, animal, thimble_type, first);
    uint32_t hungry = RECORD(THIMBLE_MEMBERS, thimble_member, first + 2);
    CHECK_TEXT(TEXT_FIELD(hungry, thimble_member, name), "hungry");
    CHECK(FIELD(reader, hungry, thimble_member, type) == sample->int_type);
    CHECK(FIELD(reader, hungry, thimble_member, offset) == 128);
    CHECK(FIELD(reader, hungry, thimble_member, width) == 1);
    CHECK(FIELD(reader, hungry, thimble_member, flags) == THIMBLE_BITFIELD);
    uint32_t anonymous = RECORD(THIMBLE_MEMBERS, thimble_member, first + 3);
    CHECK(FIELD(reader, anonymous, thimble_member, name) == 0);
    CHECK(FIELD(reader, anonymous, thimble_member, flags) == 0);
}

static void read_other_types(const struct reader *reader, const struct sample *sample) {
    uint32_t colour =
        RECORD(THIMBLE_TYPES, thimble_type, model_type_find(sample->model, COLOUR_KEY));
    CHECK(FIELD(reader, colour, thimble_type, count) == 2);
    uint32_t first = (uint32_t)FIELD(reader, colour, thimble_type, first);
    uint32_t red = RECORD(THIMBLE_ENUMERATORS, thimble_enumerator, first);
    uint32_t blue = RECORD(THIMBLE_ENUMERATORS, thimble_enumerator, first + 1);
    CHECK(FIELD(reader, red, thimble_enumerator, value) == UINT64_MAX);
    CHECK(FIELD(reader, blue, thimble_enumerator, value) == UINT64_C(0x123456789abcdef0));
    CHECK_TEXT(TEXT_FIELD(blue, thimble_enumerator, name), "BLUE");
    uint32_t cells = RECORD(THIMBLE_TYPES, thimble_type, model_type_find(sample->model, CELL_KEY));
    CHECK(FIELD(reader, cells, thimble_type, count) == UINT64_C(0x100000005));
}

static void read_objects(const struct reader *reader, const struct sample *sample) {
    uint32_t spots = RECORD(THIMBLE_OBJECTS, thimble_object, 0);
    CHECK_TEXT(TEXT_FIELD(spots, thimble_object, name), "spots");
    CHECK(FIELD(reader, spots, thimble_object, type) == model_type_find(sample->model, CELL_KEY));
    uint32_t count = RECORD(THIMBLE_OBJECTS, thimble_object, 1);
    CHECK(FIELD(reader, count, thimble_object, type) == sample->int_type);
}

static void read_functions(const struct reader *reader, const struct sample *sample) {
    uint32_t feed = RECORD(THIMBLE_FUNCTIONS, thimble_function, 0);
    CHECK_TEXT(TEXT_FIELD(feed, thimble_function, name), "feed");
    CHECK_TEXT(TEXT_FIELD(feed, thimble_function, identity), "zoo.c:10:feed");
    CHECK(FIELD(reader, feed, thimble_function, slot) == 1);
    CHECK(FIELD(reader, feed, thimble_function, symbol) == THIMBLE_NONE);
    CHECK(FIELD(reader, feed, thimble_function, flags) == (THIMBLE_DEFINED | THIMBLE_INTERNAL));
    uint32_t opens = RECORD(THIMBLE_FUNCTIONS, thimble_function, 1);
    CHECK_TEXT(TEXT_FIELD(opens, thimble_function, identity), "open");
    CHECK_TEXT(TEXT_FIELD(opens, thimble_function, file), "/usr/include/fcntl.h");
    CHECK(FIELD(reader, opens, thimble_function, line) == 200);
    CHECK(FIELD(reader, opens, thimble_function, type) == sample->takes_nothing);
    CHECK(FIELD(reader, opens, thimble_function, slot) == 0);
    uint32_t test = RECORD(THIMBLE_FUNCTIONS, thimble_function, 2);
    CHECK(FIELD(reader, test, thimble_function, slot) == THIMBLE_NONE);
    CHECK(FIELD(reader, test, thimble_function, symbol) == 0);
    uint32_t tests = RECORD(THIMBLE_TESTS, thimble_test, 0);
    CHECK(FIELD(reader, tests, thimble_test, function) == 2);
    uint32_t site = RECORD(THIMBLE_SITES, thimble_site, 0);
    CHECK_TEXT(TEXT_FIELD(site, thimble_site, file), "zoo.c");
    CHECK(FIELD(reader, site, thimble_site, line) == 42);
    CHECK(FIELD(reader, site, thimble_site, column) == 9);
    CHECK(FIELD(reader, site, thimble_site, kind) == THIMBLE_RESIZES);
    CHECK(FIELD(reader, site, thimble_site, function) == 0);
    CHECK(FIELD(reader, site, thimble_site, callee) == 1);
    CHECK(FIELD(reader, site, thimble_site, type) == model_type_find(sample->model, ANIMAL_KEY));
    CHECK(FIELD(reader, site, thimble_site, flags) == THIMBLE_WRAPS);
}

static void read_pairs(const struct reader *reader) {
    uint32_t size, at = find_section(reader, THIMBLE_PAIRS, &size);
    CHECK(at && size == 2 * sizeof(struct thimble_pair));
    CHECK(FIELD(reader, at, thimble_pair, allocator) == 1);
    CHECK_TEXT(TEXT_FIELD(at, thimble_pair, release), "close");
}

static void read_asserts(const struct reader *reader, const struct sample *sample) {
    uint32_t second = RECORD(THIMBLE_ASSERTS, thimble_assert, 1);
    CHECK(FIELD(reader, second, thimble_assert, first) == 1);
    CHECK(FIELD(reader, second, thimble_assert, count) == 2);
    uint32_t name = RECORD(THIMBLE_OPERANDS, thimble_operand, 2);
    CHECK_TEXT(TEXT_FIELD(name, thimble_operand, text), "name");
    CHECK(FIELD(reader, name, thimble_operand, type) == sample->int_type);
    CHECK(FIELD(reader, name, thimble_operand, flags) == THIMBLE_OPERAND_HIDDEN);
    CHECK(FIELD(reader, name, thimble_operand, offset) == 8);
}

static void check_order(const struct sample *sample, bool big_endian) {
    struct reader reader = {.big_endian = big_endian};
    unsigned char *blob = layout_blob(sample->model, big_endian, &reader.size);
    reader.blob = blob;
    read_header(&reader);
    read_struct(&reader, sample);
    read_objects(&reader, sample);
    read_other_types(&reader, sample);
    read_functions(&reader, sample);
    read_pairs(&reader);
    read_asserts(&reader, sample);
    free(blob);
}

/* On the machine itself the blob is read as the structs of abi.h. */
static void check_in_place(const struct sample *sample) {
    const uint32_t one = 1;
    uint32_t size;
    unsigned char *bytes = layout_blob(sample->model, *(const unsigned char *)&one == 0, &size);
    const struct thimble_blob *blob = (const struct thimble_blob *)bytes;
    CHECK(blob->magic == THIMBLE_MAGIC && blob->size == size);
    const struct thimble_section *section = (const struct thimble_section *)(blob + 1);
    CHECK(section->kind == THIMBLE_STRINGS);
    free(bytes);
}

static void check_empty(void) {
    struct options options;
    options_init(&options);
    struct model *model = model_new(&options, "empty.c", "/", "GCC");
    CHECK(model_is_empty(model));
    model_finish(model, NULL, NULL);
    model_installed_in(model, "/opt/thimble"); /* which a unit without tests keeps to itself */
    struct reader reader = {0};
    unsigned char *blob = layout_blob(model, false, &reader.size);
    reader.blob = blob;
    CHECK(number_at(&reader, 0, 4) == THIMBLE_MAGIC && number_at(&reader, 4, 4) == reader.size);
    uint32_t size;
    CHECK(find_section(&reader, THIMBLE_PAIRS, &size) == reader.size && size == 0);
    CHECK(find_section(&reader, THIMBLE_INSTALLATION, &size) == 0);
    CHECK(find_section(&reader, THIMBLE_STRINGS, &size) > 0 && size < 64);
    free(blob);
    model_type_add(model, 1); /* as of a value whose type is needed at run time */
    CHECK(!model_is_empty(model));
    model_free(model);
    options_free(&options);
}

void check_layout(void) {
    struct sample sample;
    sample_start(&sample);
    sample.options.frames = true;
    add_types(&sample);
    add_objects(&sample);
    add_functions(&sample);
    add_asserts(&sample);
    sample_finish(&sample);
    CHECK(sample.errors == 0);
    model_installed_in(sample.model, "/opt/thimble");
    check_order(&sample, false);
    check_order(&sample, true);
    check_in_place(&sample);
    sample_end(&sample);
    check_empty();
}
