#include "closure.h"

void *_thimble_closure(struct place place, const struct target *target, ffi_cif *cif,
                       closure_body *body, void *data) {
    void *code = NULL;
    ffi_closure *closure = ffi_closure_alloc(sizeof *closure, &code);
    if (closure && ffi_prep_closure_loc(closure, cif, body, data, code) == FFI_OK)
        return code;
    _thimble_fail_target(place, target->text, "the system gives no memory for code");
}
