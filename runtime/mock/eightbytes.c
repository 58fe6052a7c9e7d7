/* The x86-64 convention sorts each eight bytes of a struct of up to sixteen into
 * a class by all that lies in them, whichever member of whichever union it is;
 * larger ones go through memory. The library sorts by its own structs' elements,
 * so it is given an element a class. */
#include "eightbytes.h"

#include "../repr/number.h"
#include "passing.h"

#ifdef __x86_64__

enum { MOST_IN_REGISTERS = 16 };

enum sort { UNUSED, INTEGER, SSE, X87, X87_UPPER, MEMORY };

struct sorting {
    const struct unit *unit;
    enum sort sorts[2];
    uint64_t align; /* that the members ask for */
};

static enum sort merged(enum sort a, enum sort b) {
    if (a == b || b == UNUSED)
        return a;
    if (a == UNUSED)
        return b;
    if (a == MEMORY || b == MEMORY)
        return MEMORY;
    if (a == INTEGER || b == INTEGER)
        return INTEGER;
    return a == SSE && b == SSE ? SSE : MEMORY;
}

static void mark(struct sorting *sorting, uint64_t offset, uint64_t size, enum sort sort) {
    for (uint64_t at = offset / 8; size && at <= (offset + size - 1) / 8 && at < 2; at++)
        sorting->sorts[at] = merged(sorting->sorts[at], sort);
}

static bool sort_members(struct sorting *, const struct thimble_type *, uint64_t offset);

static void sort_scalar(struct sorting *sorting, const struct thimble_type *type, uint64_t offset) {
    bool real = type->kind == THIMBLE_FLOAT || type->kind == THIMBLE_COMPLEX;
    if (type->kind == THIMBLE_FLOAT && type->size == sizeof(long double)) {
        mark(sorting, offset, 8, X87);
        mark(sorting, offset + 8, 8, X87_UPPER);
    } else {
        mark(sorting, offset, type->size, real ? SSE : INTEGER);
    }
}

static bool sort(struct sorting *sorting, uint32_t index, uint64_t offset) {
    const struct thimble_type *type = _thimble_bare_type(sorting->unit, index);
    if (!type || (type->flags & THIMBLE_PACKED) || (type->align && offset % type->align))
        return false;
    if (type->align > sorting->align && type->kind != THIMBLE_ARRAY)
        sorting->align = type->align;
    if (type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION)
        return sort_members(sorting, type, offset);
    if (type->kind == THIMBLE_ARRAY) {
        const struct thimble_type *element = _thimble_bare_type(sorting->unit, type->target);
        bool done = element != NULL;
        /* In what is larger than two classes nothing but the first counts. */
        for (uint64_t i = 0; done && i < type->count && i <= MOST_IN_REGISTERS; i++)
            done = sort(sorting, type->target, offset + i * element->size);
        return done;
    }
    bool known = _thimble_is_integer(type) || _thimble_is_real(sorting->unit, type) ||
                 _thimble_is_complex(sorting->unit, type) || type->kind == THIMBLE_POINTER;
    if (known)
        sort_scalar(sorting, type, offset);
    return known;
}

static bool sort_members(struct sorting *sorting, const struct thimble_type *type,
                         uint64_t offset) {
    const struct thimble_member *member;
    for (uint64_t i = 0; (member = _thimble_member(sorting->unit, type, i)); i++) {
        const struct thimble_type *inner = _thimble_bare_type(sorting->unit, member->type);
        if (!inner)
            return false;
        if (member->flags & THIMBLE_BITFIELD) {
            uint64_t first = offset * 8 + member->offset;
            uint64_t last = first + (member->width ? member->width - 1 : 0);
            mark(sorting, first / 8, last / 8 - first / 8 + 1, INTEGER);
            sorting->align = inner->align > sorting->align ? inner->align : sorting->align;
        } else if (!sort(sorting, member->type, offset + member->offset / 8)) {
            return false;
        }
    }
    return true;
}

ffi_type *_thimble_passing_by_eightbytes(const struct unit *unit, const struct thimble_type *type,
                                         const char **why) {
    struct sorting sorting = {.unit = unit, .align = 1};
    if (!sort_members(&sorting, type, 0) || sorting.align < type->align) {
        *why = "is aligned or packed in a way of its own";
        return NULL;
    }
    ffi_type *passed = _thimble_passed_struct(type, 3);
    if (type->size > MOST_IN_REGISTERS) { /* three integers are more than registers take */
        passed->elements[0] = passed->elements[1] = passed->elements[2] = &ffi_type_uint64;
        return passed;
    }
    size_t count = 0;
    for (int i = 0; i < 2; i++) {
        enum sort sort = sorting.sorts[i];
        bool upper = sort == X87_UPPER && sorting.sorts[0] == X87;
        bool needed = (uint64_t)i * 8 < type->size;
        if (sort == MEMORY || (sort == X87_UPPER && !upper) || (needed && sort == UNUSED)) {
            *why = "overlays a long double with something else";
            return NULL;
        }
        if (needed && !upper)
            passed->elements[count++] = sort == INTEGER ? &ffi_type_uint64
                                        : sort == SSE   ? &ffi_type_double
                                                        : &ffi_type_longdouble;
    }
    return passed;
}

static enum register_kind register_of(enum sort sort) {
    return sort == INTEGER ? REGISTER_INTEGER : sort == SSE ? REGISTER_REAL : REGISTER_NONE;
}

static size_t registers_of(const struct unit *unit, uint32_t index,
                           enum register_kind kinds[MOST_EIGHTBYTES]) {
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    struct sorting sorting = {.unit = unit, .align = 1};
    size_t count = type ? (size_t)(type->size + 7) / 8 : 0;
    if (!count || count > MOST_EIGHTBYTES || !sort(&sorting, index, 0))
        return 0;
    for (size_t i = 0; i < count; i++) {
        kinds[i] = register_of(sorting.sorts[i]);
        if (kinds[i] == REGISTER_NONE)
            return 0;
    }
    return count;
}

size_t _thimble_take_registers(struct registers *left, const struct unit *unit, uint32_t index,
                               enum register_kind kinds[MOST_EIGHTBYTES]) {
    size_t count = registers_of(unit, index, kinds), integers = 0;
    for (size_t i = 0; i < count; i++)
        integers += kinds[i] == REGISTER_INTEGER;
    if (integers > left->integers || count - integers > left->reals)
        return 0;
    left->integers -= integers;
    left->reals -= count - integers;
    return count;
}

#else

ffi_type *_thimble_passing_by_eightbytes(const struct unit *unit, const struct thimble_type *type,
                                         const char **why) {
    (void)unit, (void)type;
    *why = "holds a union or a bit-field";
    return NULL;
}

size_t _thimble_take_registers(struct registers *left, const struct unit *unit, uint32_t index,
                               enum register_kind kinds[MOST_EIGHTBYTES]) {
    (void)left, (void)unit, (void)index, (void)kinds;
    return 0;
}

#endif
