#include "keep.h"

#include "memory.h"
#include "readable.h"
#include <string.h>

static char *aligned(char *piece, size_t alignment) {
    return piece + (alignment - (uintptr_t)piece % alignment) % alignment;
}

/* ---- Strings ---- */

/* Where a string ends in so many bytes of it; or how many of them are whole characters. */
static size_t end_of(const char *bytes, size_t size, unsigned width) {
    static const char zero[sizeof(uint32_t)];
    size_t at = 0;
    if (width == 1) {
        while (at < size && bytes[at])
            at++;
        return at;
    }
    while (at + width <= size && memcmp(bytes + at, zero, width) != 0)
        at += width;
    return at;
}

static void __attribute__((noinline))
keep_long_string(struct recorded *recorded, const char *begin, size_t got, unsigned width) {
    char bytes[LONGEST_STRING + sizeof(uint32_t)];
    size_t length = got;
    bool goes_on = true;
    memcpy(bytes, begin, got);
    for (size_t step = 192; goes_on && length == got && got < LONGEST_STRING; step *= 4) {
        size_t wanted = LONGEST_STRING - got < step ? LONGEST_STRING - got : step;
        size_t more = _thimble_fetch(bytes + got, recorded->address + got, wanted);
        goes_on = more == wanted;
        length = got + end_of(bytes + got, more, width);
        got += more;
    }
    char *copy = _thimble_test_alloc(length + width);
    memcpy(copy, bytes, length);
    memset(copy + length, 0, width);
    recorded->bytes = copy;
    recorded->size = (uint16_t)(length < got ? length + width : length);
    recorded->length = (uint16_t)length;
    recorded->ended = length + width <= got;
}

/* How many bytes an integer behind the string says that there are, beyond its end: they may
 * hold zeros. */
static size_t counted(const struct planned_pointer *pointer, const char *place) {
    uint64_t count = 0;
    memcpy(&count, place + sizeof(char *), pointer->counted);
    return count <= LEAST_KEPT ? (size_t)count : 0;
}

/* Returns how many bytes of the piece are in use. */
static size_t keep_string(struct recorded *recorded, char *piece,
                          const struct planned_pointer *pointer) {
    unsigned width = pointer->width;
    size_t got = _thimble_fetch(piece, recorded->address, LEAST_KEPT);
    size_t length = end_of(piece, got, width), size = length + width;
    if (got < width)
        return 0;
    if (size > got) {
        keep_long_string(recorded, piece, got / width * width, width);
        return 0;
    }
    if (pointer->counted) {
        size_t wanted = counted(pointer, recorded->place);
        wanted = wanted < got ? wanted : got;
        size = wanted > size ? wanted : size;
    }
    recorded->bytes = piece;
    recorded->size = (uint16_t)size;
    recorded->length = (uint16_t)length;
    recorded->ended = true;
    return size;
}

/* ---- Other things ---- */

static size_t keep_object(struct recorded *recorded, char *piece, size_t size) {
    size_t wanted = size > LARGEST_POINTEE ? LARGEST_POINTEE : size, used = 0;
    if (size > LEAST_KEPT)
        piece = _thimble_test_alloc(wanted);
    else
        used = wanted = LEAST_KEPT;
    recorded->size = (uint16_t)_thimble_fetch(piece, recorded->address, wanted);
    if (!recorded->size || recorded->size < (size < wanted ? size : wanted))
        return 0;
    recorded->bytes = piece;
    return used;
}

static size_t keep_inside(const struct plan *plan, struct recorded *recorded) {
    char *pieces = _thimble_test_alloc(plan->count * PIECE_ROOM);
    return _thimble_keep(plan, (char *)(uintptr_t)recorded->bytes, recorded + 1, &pieces);
}

size_t _thimble_keep(const struct plan *plan, char *object, struct recorded *recorded,
                     char **pieces) {
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const struct planned_pointer *pointer = &plan->pointers[i];
        struct recorded *one = &recorded[count];
        *one = (struct recorded){.place = object + pointer->offset};
        memcpy(&one->address, one->place, sizeof one->address);
        if (!one->address)
            continue;
        char *piece = aligned(*pieces, pointer->width ? sizeof(uint32_t) : _Alignof(max_align_t));
        size_t used = pointer->width ? keep_string(one, piece, pointer)
                                     : keep_object(one, piece, pointer->size);
        *pieces = piece + used;
        count++;
        if (!one->bytes)
            continue;
        memcpy(object + pointer->offset, &one->bytes, sizeof one->bytes);
        if (pointer->inner)
            count += keep_inside(pointer->inner, one);
    }
    return count;
}

/* ---- A value by itself ---- */

struct kept_value _thimble_keep_value(const struct unit *unit, uint32_t index, const void *data,
                                      bool direct) {
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    struct kept_value kept = {.unit = unit, .type = index};
    struct plan plan = {0};
    _thimble_plan(&plan, unit, index, 0, direct);
    struct recorded *recorded = _thimble_test_alloc((plan.total + 1) * sizeof *recorded);
    char *pieces = _thimble_test_alloc(plan.count * PIECE_ROOM);
    kept.data = _thimble_test_alloc((size_t)type->size);
    memcpy(kept.data, data, (size_t)type->size);
    kept.recorded = recorded;
    kept.recorded_count = _thimble_keep(&plan, kept.data, recorded, &pieces);
    return kept;
}

const char *_thimble_kept_address(const struct kept_value *kept, const char *place) {
    const struct recorded *known =
        _thimble_recorded_at(kept->recorded, kept->recorded_count, place);
    const char *address;
    memcpy(&address, place, sizeof address);
    return known ? known->address : address;
}
