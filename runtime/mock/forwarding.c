/* Up to libffi 3.4.4 a call copies all sixteen bytes of a struct to where its first half goes,
 * a register for integers; where that is the last of them, the second half lands in the first
 * of the others, where an argument was already. Two arguments that are the struct's halves go
 * to the same registers. */
#include "forwarding.h"

#include "../base/arena.h"
#include "eightbytes.h"
#include "words.h"

struct forwarding {
    ffi_cif cif;
    size_t split; /* the argument that is passed as two */
    ffi_type *types[];
};

/* The struct that takes the last register for integers and then another one; SIZE_MAX where
 * there is none. */
static size_t find_split(const struct signature *signature) {
    struct registers left = {
        INTEGER_REGISTERS - _thimble_is_returned_in_memory(signature->cif.rtype), REAL_REGISTERS};
    for (size_t i = 0; i < signature->count; i++) {
        enum register_kind kinds[MOST_EIGHTBYTES];
        bool last = left.integers == 1;
        size_t count =
            _thimble_take_registers(&left, signature->unit, signature->parameters[i].type, kinds);
        if (last && count == 2 && kinds[0] == REGISTER_INTEGER && kinds[1] == REGISTER_REAL)
            return i;
    }
    return SIZE_MAX;
}

const struct forwarding *_thimble_forwarding(const struct signature *signature) {
    size_t split = find_split(signature), count = signature->count + 1;
    if (split == SIZE_MAX || signature->variadic)
        return NULL;
    struct forwarding *forwarding =
        _thimble_alloc(&_thimble_arena, sizeof *forwarding + count * sizeof(ffi_type *));
    forwarding->split = split;
    for (size_t i = 0, to = 0; i < signature->count; i++) {
        forwarding->types[to++] = i == split ? &ffi_type_uint64 : signature->cif.arg_types[i];
        if (i == split)
            forwarding->types[to++] = &ffi_type_double;
    }
    ffi_prep_cif(&forwarding->cif, FFI_DEFAULT_ABI, (unsigned)count, signature->cif.rtype,
                 forwarding->types);
    return forwarding;
}

void _thimble_forward(const struct forwarding *forwarding, ffi_cif *cif, void (*function)(void),
                      void *returned, void **arguments) {
    if (!forwarding) {
        ffi_call(cif, function, returned, arguments);
        return;
    }
    void *pointers[forwarding->cif.nargs];
    for (size_t i = 0, from = 0; i < forwarding->cif.nargs; i++)
        pointers[i] =
            i == forwarding->split + 1 ? (char *)arguments[from - 1] + 8 : arguments[from++];
    ffi_call((ffi_cif *)&forwarding->cif, function, returned, pointers);
}
