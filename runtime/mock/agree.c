#include "../repr/repr.h"
#include "../repr/same_type.h"
#include "target.h"

static bool has_type(struct thimble_ref type) {
    const struct thimble_type *function = NULL;
    if (type.kind == THIMBLE_REF_TYPE && _thimble_ref_type(type))
        function = _thimble_bare_type(_thimble_ref_unit(type), type.index);
    return function && function->kind == THIMBLE_FUNCTION;
}

void _thimble_must_agree(struct place place, const struct target *target, struct thimble_ref type,
                         const char *what) {
    struct text own = _thimble_growing_text(), other = _thimble_growing_text();
    if (!target->unit || !has_type(type))
        return;
    const struct unit *unit = _thimble_ref_unit(type);
    if (_thimble_same_function_type(target->unit, target->type, unit, type.index))
        return;
    _thimble_repr_type(&own, target->unit, target->type, target->name);
    _thimble_repr_type(&other, unit, type.index, "");
    _thimble_fail_target(place, target->text, "%s is of another type than %s\n  %s\n  %s", what,
                         target->name, own.data, other.data);
}
