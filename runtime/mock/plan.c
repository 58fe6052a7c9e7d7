/* What of a function's arguments is kept: found out once, when the function is mocked. */
#include "../base/arena.h"
#include "../repr/number.h"
#include "keep.h"
#include <string.h>

enum { MOST_POINTERS = 16 }; /* of one object; further ones are kept as addresses */

static bool is_tagged(const struct thimble_type *type) {
    return type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION;
}

/* The C library's own, in whose fields no test is interested. */
static bool is_private(const struct unit *unit, const struct thimble_type *type) {
    const char *tag = _thimble_string(unit, type->name);
    return is_tagged(type) && (!strncmp(tag, "__", 2) || !strncmp(tag, "_IO_", 4));
}

bool _thimble_is_kept(const struct unit *unit, const struct thimble_type *pointer) {
    const struct thimble_type *target = _thimble_bare_type(unit, pointer->target);
    if (!target || target->kind == THIMBLE_FUNCTION ||
        (target->flags & (THIMBLE_INCOMPLETE | THIMBLE_VARIABLE)))
        return false;
    return target->kind == THIMBLE_VOID || (target->size && !is_private(unit, target));
}

static const struct plan *plan_inside(const struct unit *unit, uint32_t type) {
    struct plan plan = {0};
    _thimble_plan(&plan, unit, type, 0, false);
    if (!plan.count)
        return NULL;
    struct plan *kept = _thimble_alloc(&_thimble_arena, sizeof *kept);
    *kept = plan;
    return kept;
}

static void plan_pointer(struct plan *plan, const struct unit *unit,
                         const struct thimble_type *type, size_t offset, bool direct) {
    const struct thimble_type *target = _thimble_bare_type(unit, type->target);
    bool string = target && _thimble_literal_prefix(unit, type->target);
    if (plan->count == MOST_POINTERS || !_thimble_is_kept(unit, type) || (!string && !direct))
        return;
    if (!plan->pointers)
        plan->pointers = _thimble_alloc(&_thimble_arena, MOST_POINTERS * sizeof *plan->pointers);
    struct planned_pointer *pointer = &plan->pointers[plan->count++];
    pointer->offset = offset;
    pointer->width = string ? (unsigned)target->size : 0;
    pointer->size = string ? 0 : (size_t)target->size;
    if (!string && target->size <= LARGEST_POINTEE)
        pointer->inner = plan_inside(unit, type->target);
    plan->total += 1 + (pointer->inner ? pointer->inner->total : 0);
}

void _thimble_plan(struct plan *plan, const struct unit *unit, uint32_t index, size_t offset,
                   bool direct) {
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    const struct thimble_member *member;
    if (!type)
        return;
    if (type->kind == THIMBLE_POINTER) {
        plan_pointer(plan, unit, type, offset, direct);
    } else if (type->kind == THIMBLE_STRUCT) {
        for (uint64_t i = 0; (member = _thimble_member(unit, type, i)); i++)
            _thimble_plan(plan, unit, member->type, offset + (size_t)(member->offset / 8), false);
    } else if (type->kind == THIMBLE_ARRAY && type->count <= MOST_POINTERS) {
        const struct thimble_type *element = _thimble_bare_type(unit, type->target);
        for (size_t i = 0; element && i < type->count; i++)
            _thimble_plan(plan, unit, type->target, offset + i * (size_t)element->size, false);
    }
}

void _thimble_plan_count(struct plan *plan, size_t offset, size_t size) {
    struct planned_pointer *last = plan->count ? &plan->pointers[plan->count - 1] : NULL;
    if (last && last->width == 1 && offset == last->offset + sizeof(char *) &&
        size <= sizeof(uint64_t))
        last->counted = (unsigned)size;
}
