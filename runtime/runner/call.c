#include "call.h"

#include <string.h>

#include "../base/arena.h"
#include "../mock/passing.h"
#include "../repr/number.h"
#include "../repr/repr.h"

const struct thimble_type *_thimble_call_type(const struct call *call) {
    return _thimble_bare_type(call->unit, call->function->type);
}

const struct thimble_member *_thimble_call_parameter(const struct call *call, uint32_t i) {
    return _thimble_member(call->unit, _thimble_call_type(call), i);
}

static ffi_type *passing(const struct call *call, uint32_t type, struct text *why) {
    const char *reason = NULL;
    ffi_type *passed = _thimble_passing(call->unit, type, &reason);
    if (passed)
        return passed;
    _thimble_puts(why, "values of type '");
    _thimble_repr_type(why, call->unit, type, "");
    _thimble_printf(why, "' cannot be handed over by the runner: it %s; use a pointer to it",
                    reason);
    return NULL;
}

static bool prepare(struct call *call, uint32_t returned, struct text *why) {
    ffi_type **types = _thimble_alloc(&_thimble_arena, (call->count + 1) * sizeof(*types));
    for (uint32_t i = 0; i < call->count; i++) {
        if (!(types[i] = passing(call, _thimble_call_parameter(call, i)->type, why)))
            return false;
    }
    ffi_type *result = passing(call, returned, why);
    if (!result)
        return false;
    call->cif = _thimble_alloc(&_thimble_arena, sizeof(*call->cif));
    if (ffi_prep_cif(call->cif, FFI_DEFAULT_ABI, call->count, result, types) == FFI_OK)
        return true;
    _thimble_puts(why, "functions of its type cannot be called by the runner");
    return false;
}

bool _thimble_prepare_call(struct call *call, const struct unit *unit,
                           const struct thimble_function *function, struct text *why) {
    *call = (struct call){.unit = unit, .function = function};
    call->address = _thimble_symbol(unit, function->symbol);
    const struct thimble_type *type = _thimble_call_type(call);
    if (!type || type->kind != THIMBLE_FUNCTION || !call->address) {
        _thimble_puts(why, "its unit does not describe it");
        return false;
    }
    if (type->count > MOST_PARAMETERS) {
        _thimble_printf(why, "it has more than %d parameters", MOST_PARAMETERS);
        return false;
    }
    call->count = (uint32_t)type->count;
    const struct thimble_type *returned = _thimble_bare_type(unit, type->target);
    bool returns = returned && returned->kind != THIMBLE_VOID;
    call->returned_size = returns ? (size_t)returned->size : 0;
    return (call->count == 0 && !returns) || prepare(call, type->target, why);
}

static void call_plainly(const void *address) {
    union {
        const void *address;
        void (*function)(void);
    } plain = {address};
    plain.function();
}

void _thimble_make_call(const struct call *call, void *const *arguments, void *returned) {
    if (!call->cif) {
        call_plainly(call->address);
        return;
    }
    union {
        const void *address;
        void (*function)(void);
    } callee = {call->address};
    ffi_call(call->cif, callee.function, returned, (void **)(uintptr_t)arguments);
}

void _thimble_call_plain(void *call) {
    _thimble_make_call(call, NULL, NULL);
}
