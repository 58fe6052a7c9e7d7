#include "words.h"

bool _thimble_is_returned_in_memory(const ffi_type *returned) {
#ifdef __x86_64__
    return returned->type == FFI_TYPE_STRUCT && returned->size > 16;
#else
    return (void)returned, false;
#endif
}

void _thimble_words_interface(struct words_interface *interface, ffi_type *returned) {
    interface->integers = INTEGER_REGISTERS - _thimble_is_returned_in_memory(returned);
    interface->count = interface->integers + REAL_REGISTERS + STACK_WORDS;
    for (unsigned i = 0; i < interface->count; i++) {
        bool real = i >= interface->integers && i < interface->integers + REAL_REGISTERS;
        interface->types[i] = real ? &ffi_type_double : &ffi_type_pointer;
    }
    ffi_prep_cif(&interface->cif, FFI_DEFAULT_ABI, interface->count, returned, interface->types);
}

/* Behind the arguments lie words of the caller's frame, which a sanitizer that
 * watches memcpy may have fenced off. */
void __attribute__((no_sanitize("address")))
_thimble_copy_words(struct words *words, const struct words_interface *interface,
                    void *const *arguments) {
    for (unsigned i = 0; i < interface->count; i++) {
        words->words[i] = *(volatile uint64_t *)arguments[i];
        words->pointers[i] = &words->words[i];
    }
}
