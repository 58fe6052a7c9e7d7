#include "layout.h"

#include "heap.h"
#include "model_data.h"
#include <stdlib.h>
#include <string.h>

/* A section to be: records in this machine's byte order, and how wide each field
 * of one is, a digit each. */
struct section {
    enum thimble_section_kind kind;
    const void *records;
    size_t count, size; /* of records, of one record */
    const char *fields;
};

enum { MOST_SECTIONS = 16 };

static size_t padded(size_t size) {
    return (size + 7) & ~(size_t)7;
}

static bool machine_is_big_endian(void) {
    const uint32_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 0;
}

static void reverse(unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < size / 2; i++) {
        unsigned char byte = bytes[i];
        bytes[i] = bytes[size - 1 - i];
        bytes[size - 1 - i] = byte;
    }
}

/* Turns the byte order of `count` records round. */
static void swap(unsigned char *bytes, size_t count, const char *fields) {
    for (size_t i = 0; i < count; i++)
        for (const char *field = fields; *field; field++) {
            size_t width = (size_t)(*field - '0');
            reverse(bytes, width);
            bytes += width;
        }
}

static struct thimble_function *function_records(const struct model *model) {
    struct thimble_function *records = heap_new(model->function_count * sizeof *records);
    for (size_t i = 0; i < model->function_count; i++) {
        const struct function *function = &model->functions[i];
        records[i] = (struct thimble_function){
            .name = function->name,
            .identity = function->identity,
            .file = function->file,
            .line = function->is.line,
            .type = function->is.type,
            .flags = function->is.flags,
            .slot = function->slot,
            .symbol = function->symbol,
        };
    }
    return records;
}

static struct thimble_mark *mark_records(const struct model *model) {
    struct thimble_mark *records = heap_new(model->mark_count * sizeof *records);
    for (size_t i = 0; i < model->mark_count; i++)
        records[i] = model->marks[i].record;
    return records;
}

static unsigned char *put_bytes(unsigned char *to, const void *from, size_t size) {
    if (size)
        memcpy(to, from, size);
    return to + size;
}

static unsigned char *put_section(unsigned char *to, const struct section *section, bool swapped) {
    size_t size = section->count * section->size;
    struct thimble_section header = {section->kind, (uint32_t)size};
    unsigned char *start = to;
    to = put_bytes(to, &header, sizeof header);
    if (swapped)
        swap(start, 1, "44");
    put_bytes(to, section->records, size);
    if (swapped && section->fields)
        swap(to, section->count, section->fields);
    return to + padded(size);
}

static unsigned char *put_blob(const struct section *sections, uint32_t count, bool big_endian,
                               uint32_t *size) {
    bool swapped = big_endian != machine_is_big_endian();
    struct thimble_blob header = {THIMBLE_MAGIC, sizeof header, count, 0};
    for (uint32_t i = 0; i < count; i++)
        header.size += (uint32_t)(sizeof(struct thimble_section) +
                                  padded(sections[i].count * sections[i].size));

    unsigned char *blob = heap_new(header.size);
    unsigned char *to = put_bytes(blob, &header, sizeof header);
    if (swapped)
        swap(blob, 1, "4444");
    for (uint32_t i = 0; i < count; i++)
        to = put_section(to, &sections[i], swapped);
    *size = header.size;
    return blob;
}

#define RECORDS(array, count, fields) (array), (count), sizeof *(array), (fields)

unsigned char *layout_blob(const struct model *model, bool big_endian, uint32_t *size) {
    struct thimble_source source = {
        .file = model->source_file,
        .directory = model->directory,
        .compiler = model->compiler,
        .flags = model->options->frames ? THIMBLE_FRAMES : 0,
    };
    struct thimble_installation installation = {.folder = model->installation};
    unsigned char *strings = heap_new(intern_size(&model->strings));
    intern_copy(&model->strings, strings);
    struct thimble_function *functions = function_records(model);
    struct thimble_mark *marks = mark_records(model);

    const struct section sections[MOST_SECTIONS] = {
        {THIMBLE_STRINGS, RECORDS(strings, intern_size(&model->strings), NULL)},
        {THIMBLE_SOURCE, RECORDS(&source, 1, "4444")},
        {THIMBLE_TYPES, RECORDS(model->types, model->type_count, "4488444444")},
        {THIMBLE_MEMBERS, RECORDS(model->members, model->member_count, "44844")},
        {THIMBLE_ENUMERATORS, RECORDS(model->enumerators, model->enumerator_count, "448")},
        {THIMBLE_FUNCTIONS, RECORDS(functions, model->function_count, "44444444")},
        {THIMBLE_TESTS, RECORDS(model->tests, model->test_count, "44")},
        {THIMBLE_SITES, RECORDS(model->sites, model->site_count, "44444444")},
        {THIMBLE_ASSERTS, RECORDS(model->asserts, model->assert_count, "44")},
        {THIMBLE_OPERANDS, RECORDS(model->operands, model->operand_count, "4444")},
        {THIMBLE_OBJECTS, RECORDS(model->objects, model->object_count, "44")},
        {THIMBLE_FIXTURES, RECORDS(model->fixtures, model->fixture_count, "4444")},
        {THIMBLE_CASES, RECORDS(model->cases, model->cases_count, "4444")},
        {THIMBLE_MARKS, RECORDS(marks, model->mark_count, "44448")},
        {THIMBLE_PAIRS, RECORDS(model->pairs, model->pair_count, "44")},
        {THIMBLE_INSTALLATION, RECORDS(&installation, 1, "44")},
    };
    uint32_t count = model->installation ? MOST_SECTIONS : MOST_SECTIONS - 1;
    unsigned char *blob = put_blob(sections, count, big_endian, size);
    free(strings);
    free(functions);
    free(marks);
    return blob;
}
