/* model_data.h: the inside of struct model, for the core's own files.
 *
 * Types, members, enumerators and sites are kept as the records that the blob
 * will hold, their strings as offsets.
 */
#ifndef CORE_MODEL_DATA_H
#define CORE_MODEL_DATA_H

#include "intern.h"
#include "model.h"
#include "table.h"

struct function {
    struct model_function is; /* its strings are the model's */
    uint64_t key;
    uint32_t name, identity, file;
    uint32_t slot, symbol;
    uint32_t calls;      /* that are seams */
    uint32_t definition; /* counts the unit's definitions; THIMBLE_NONE: no body */
    bool used;           /* called, or its address taken */
    char *why;           /* it is no test, though its name is one's; or null */
    bool said;           /* something was wrong with it, and it was said */
};

/* A mark, as it was told. The record's test is a function until the unit is finished. */
struct mark {
    struct thimble_mark record;
    bool has_text;
    double seconds;
};

/* An object, beside what the blob says of it. */
struct object {
    bool inside_function;
    uint32_t symbol;
};

/* See references.h. */
struct references {
    struct table nodes;
    uint32_t node_count;
    struct reference *list;
    size_t count, capacity;
    bool optimized;
};

struct model {
    const struct options *options;
    struct intern strings;
    uint32_t source_file, directory, compiler;
    uint32_t installation; /* "" where it is not known */
    bool includes_header, asserts_emptied;

    struct table type_keys;
    struct thimble_type *types;
    size_t type_count, type_capacity;
    struct thimble_member *members;
    size_t member_count, member_capacity;
    struct thimble_enumerator *enumerators;
    size_t enumerator_count, enumerator_capacity;
    struct thimble_object *objects;
    size_t object_count, object_capacity;
    struct object *object_details;
    size_t object_detail_count, object_detail_capacity;

    struct table function_keys;
    struct function *functions;
    size_t function_count, function_capacity;
    uint32_t definitions;
    uint32_t *slots; /* each one's function */
    size_t slot_count, slot_capacity;
    struct model_symbol *symbols;
    size_t symbol_count, symbol_capacity;
    struct thimble_test *tests; /* in order of definition, and so the next */
    size_t test_count, test_capacity;
    struct thimble_fixture *fixtures;
    size_t fixture_count, fixture_capacity;
    struct thimble_cases *cases;
    size_t cases_count, cases_capacity;
    struct mark *marks; /* until the unit is finished, of functions that may be no tests */
    size_t mark_count, mark_capacity;

    struct thimble_site *sites;
    size_t site_count, site_capacity;
    struct thimble_pair *pairs;
    size_t pair_count, pair_capacity;
    struct table wrapping; /* functions whose bodies were read, by their keys: wrappers or not */

    struct thimble_assert *asserts;
    size_t assert_count, assert_capacity;
    struct thimble_operand *operands;
    size_t operand_count, operand_capacity;

    struct references references;
};

/* A type behind its typedefs and qualifiers, or null for none. */
const struct thimble_type *model_bare_type(const struct model *, uint32_t type);

#endif
