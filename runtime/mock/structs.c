/* Mocks for all function pointers in a struct. */
#include <thimble/mock.h>

#include "../check/check.h"
#include "../repr/number.h"
#include "../repr/repr.h"
#include "home.h"
#include "memory.h"
#include "mocks.h"
#include <string.h>

/* Where the walk has got to. */
struct walk {
    struct place place;
    const struct unit *unit;
    struct text name; /* of the object that is looked at, as an expression */
    size_t found;
};

/* How deep types contain each other. */
enum { DEEPEST = 32 };

/* An expression that a member's name can follow without parentheses. */
static bool is_postfix(const char *text) {
    for (; *text; text++)
        if (!strchr("_.()[]", *text) && !(*text >= '0' && *text <= '9') &&
            !((*text | 0x20) >= 'a' && (*text | 0x20) <= 'z'))
            return false;
    return true;
}

/* What stands in front of a member's name where p is written like this: so that the name is
 * what the user writes, too. */
static void put_base(struct text *out, const char *text) {
    size_t length = strlen(text);
    bool address = text[0] == '&';
    for (text += address, length -= address; length && *text == ' '; length--)
        text++;
    _thimble_printf(out, is_postfix(text) ? "%s%s" : "(%s)%s", text, address ? "." : "->");
}

static void mock_pointer(struct walk *walk, uint32_t type, void **pointer) {
    const char *name = _thimble_intern(walk->name.data);
    struct target target = {
        .pointer = pointer, .text = name, .name = name, .unit = walk->unit, .type = type};
    walk->found++;
    _thimble_mock(walk->place, &target);
}

static void look(struct walk *walk, uint32_t type, char *object, int depth);

static void cut(struct text *name, size_t length) {
    name->length = length;
    name->data[length] = '\0';
}

/* What an anonymous member has is named as if it were the outer one's. */
static void look_at_members(struct walk *walk, const struct thimble_type *type, char *object,
                            int depth) {
    size_t length = walk->name.length, before = walk->found;
    for (uint64_t i = 0; i < type->count; i++) {
        const struct thimble_member *member = _thimble_member(walk->unit, type, i);
        if (member->flags & THIMBLE_BITFIELD)
            continue;
        _thimble_puts(&walk->name, _thimble_string(walk->unit, member->name));
        look(walk, member->type, object + member->offset / 8, depth + 1);
        cut(&walk->name, length);
        if (type->kind == THIMBLE_UNION && walk->found > before)
            return;
    }
}

static void look_at_elements(struct walk *walk, const struct thimble_type *type, char *object,
                             int depth) {
    const struct thimble_type *element = _thimble_type(walk->unit, type->target);
    size_t length = walk->name.length;
    for (uint64_t i = 0; element && i < type->count; i++) {
        size_t before = walk->found;
        _thimble_printf(&walk->name, "[%zu]", (size_t)i);
        look(walk, type->target, object + i * element->size, depth + 1);
        cut(&walk->name, length);
        if (walk->found == before)
            return; /* nor is there any in the others */
    }
}

/* Returns the FUNCTION that the type is a pointer to, or THIMBLE_NONE. */
static uint32_t pointed_function(const struct unit *unit, const struct thimble_type *type) {
    const struct thimble_type *target = _thimble_bare_type(unit, type->target);
    return target && target->kind == THIMBLE_FUNCTION ? type->target : THIMBLE_NONE;
}

static void look(struct walk *walk, uint32_t index, char *object, int depth) {
    const struct thimble_type *type = _thimble_bare_type(walk->unit, index);
    if (!type || depth > DEEPEST)
        return;
    bool holds = type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION;
    if (holds && !strchr(".>", walk->name.data[walk->name.length - 1]))
        _thimble_puts(&walk->name, ".");
    if (holds)
        look_at_members(walk, type, object, depth);
    else if (type->kind == THIMBLE_ARRAY)
        look_at_elements(walk, type, object, depth);
    else if (type->kind == THIMBLE_POINTER && pointed_function(walk->unit, type) != THIMBLE_NONE)
        mock_pointer(walk, pointed_function(walk->unit, type), (void **)(void *)object);
}

void thimble_mock_struct_at(const char *file, int line, struct thimble_value object) {
    struct walk walk = {.place = {file, line, "mock_struct"}};
    const struct thimble_type *type =
        object.type.kind == THIMBLE_REF_TYPE ? _thimble_ref_type(object.type) : NULL;
    walk.unit = _thimble_ref_unit(object.type);
    if (type && walk.unit)
        type = _thimble_bare_type(walk.unit, object.type.index);
    if (!type || (type->kind != THIMBLE_STRUCT && type->kind != THIMBLE_UNION))
        _thimble_fail_target(walk.place, object.text, "this is no pointer to a struct");
    if (type->flags & THIMBLE_INCOMPLETE)
        _thimble_fail_target(walk.place, object.text,
                             "what is in the struct is not known here: include its definition");
    walk.name = _thimble_growing_text();
    put_base(&walk.name, object.text);
    if (!object.data)
        _thimble_fail_target(walk.place, object.text, "this is a null pointer");
    look(&walk, object.type.index, (char *)(uintptr_t)object.data, 0);
    if (walk.found)
        return;
    struct text spelled = _thimble_growing_text();
    _thimble_repr_type(&spelled, walk.unit, object.type.index, "");
    _thimble_fail_target(walk.place, object.text, "there is no function pointer in %s",
                         spelled.data);
}
