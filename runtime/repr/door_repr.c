/* A value whose type the debugger describes. */
#include <stdlib.h>

#include "../debug/answer.h"
#include "../registry/blob.h"
#include "number.h"
#include "printer.h"
#include "repr.h"

enum { WIDTH = 80 };

/* Of the program's units the plugin has checked the sizes. */
static bool sizes_are_sound(const struct unit *unit) {
    for (uint32_t i = 0; i < unit->type_count; i++) {
        const struct thimble_type *type = &unit->types[i];
        bool is_scalar = type->kind != THIMBLE_OPAQUE && type->kind != THIMBLE_ARRAY &&
                         type->kind != THIMBLE_STRUCT && type->kind != THIMBLE_UNION &&
                         type->kind != THIMBLE_TYPEDEF && type->kind != THIMBLE_QUALIFIED;
        if (is_scalar && type->size > LARGEST_SCALAR)
            return false;
    }
    return true;
}

void _thimble_answer_repr(struct text *out, const char *const *arguments) {
    static struct thimble_unit object;
    static struct unit unit;
    const struct thimble_blob *blob = (const void *)_thimble_debug_memory.room;
    uintptr_t address = _thimble_asked_number(arguments[0]);
    size_t size = strtoul(arguments[1], NULL, 0);
    object = (struct thimble_unit){.format = THIMBLE_FORMAT, .blob = blob, .blob_size = blob->size};
    unit = (struct unit){.object = &object, .file = ""};
    object.state = &unit;
    const char *wrong = blob->size <= sizeof(_thimble_debug_memory.room)
                            ? _thimble_read_blob(&unit, &object)
                            : "does not fit into the room";
    if (!wrong && !sizes_are_sound(&unit))
        wrong = "has a number that is too large";
    const struct thimble_type *type = wrong ? NULL : _thimble_bare_type(&unit, 0);
    if (!wrong && !type)
        wrong = "has no type number 0";
    if (wrong)
        _thimble_refuse_with("what the debugger says of the type %s", wrong);
    if (type->size && type->size != size)
        _thimble_refuse_with("the type has %llu bytes, the object %zu",
                             (unsigned long long)type->size, size);
    struct repr_style style = _thimble_repr_style();
    style.width = WIDTH;
    _thimble_repr_with(out, &unit, 0, (const void *)address, &style);
}
