/* registry.h: the units of the program, and looking things up in them.
 *
 * Units come in by their constructors, before main or with dlopen, and leave with
 * dlclose. The tables of a unit's blob are found and checked once, when it comes
 * in: every index in a record is then in bounds of its table, or THIMBLE_NONE. A
 * unit that can't be read is left out with one line on standard error.
 */
#ifndef REGISTRY_REGISTRY_H
#define REGISTRY_REGISTRY_H

#include <pthread.h>
#include <stdbool.h>
#include <thimble/abi.h>

/* A unit with its sections found: what unit->state points to. Stays when the unit
 * leaves, but what it points to is gone then. */
struct unit {
    struct thimble_unit *object;
    struct unit *next;
    const char *file; /* the main source file */
    const char *strings;
    uint32_t strings_size;
    const struct thimble_source *source;
    const struct thimble_installation *installation; /* null where it is not known */
    const struct thimble_type *types;
    const struct thimble_member *members;
    const struct thimble_object *objects;
    uint32_t object_count;
    const struct thimble_enumerator *enumerators;
    const struct thimble_function *functions;
    const struct thimble_test *tests;
    const struct thimble_site *sites;
    const struct thimble_assert *asserts;
    const struct thimble_operand *operands;
    const struct thimble_fixture *fixtures;
    const struct thimble_cases *cases;
    const struct thimble_mark *marks;
    const struct thimble_pair *pairs;
    uint32_t type_count, member_count, enumerator_count, function_count, test_count, site_count;
    uint32_t assert_count, operand_count, fixture_count, cases_count, mark_count, pair_count;
    uint32_t first_trace; /* the tracker's number of its first site; 0: none yet */
};

/* The units in the order in which they came, linked by `next`. Null where there
 * are none. */
struct unit *_thimble_units(void);

/* Another number whenever a unit has come or left: what was looked up before may be found
 * elsewhere now. */
unsigned _thimble_units_version(void);

/* The string at an offset; "" where the offset is out of bounds. */
const char *_thimble_string(const struct unit *, uint32_t offset);

/* The name of function number i; "" for THIMBLE_NONE. */
const char *_thimble_function_name(const struct unit *, uint32_t i);

/* The address of symbol number i, or null. */
const void *_thimble_symbol(const struct unit *, uint32_t i);

/* The unit of a reference, or null for one that the runtime could not read. */
struct unit *_thimble_ref_unit(struct thimble_ref);

/* The record behind a reference to a function or type, or null. */
const struct thimble_function *_thimble_ref_function(struct thimble_ref);
const struct thimble_type *_thimble_ref_type(struct thimble_ref);

/* A type, as it stands and behind its typedefs and qualifiers; null for
 * THIMBLE_NONE. */
const struct thimble_type *_thimble_type(const struct unit *, uint32_t type);
const struct thimble_type *_thimble_bare_type(const struct unit *, uint32_t type);

/* Called for each unit that is there and each one that comes later (unit hooks:
 * patches that are active, the tracker's switch). At most 8 hooks. A hook runs
 * under the registry's lock: it may look things up, but not add hooks. */
void _thimble_each_unit(void (*come)(struct unit *));
/* Called before a unit leaves, under the same lock. */
void _thimble_unit_leaves(void (*leave)(struct unit *));

extern pthread_mutex_t _thimble_registry_lock;

/* Without "./" in front, which some compilers put there and others don't. */
const char *_thimble_plain_path(const char *path);

/* Whether `path` names `file`: equal, or a suffix of it at a '/'. */
bool _thimble_path_matches(const char *file, const char *path);

#endif
