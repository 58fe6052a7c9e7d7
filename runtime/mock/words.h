/* words.h: all that a call can pass, whatever it does pass: as many words as the machine has
 * registers for arguments, and then some from the stack. A closure that is declared with these
 * receives any call, variadic or not; a call with the same words passes the same on. */
#ifndef MOCK_WORDS_H
#define MOCK_WORDS_H

#include <ffi.h>
#include <stdbool.h>
#include <stdint.h>

#if defined(__x86_64__)
enum { INTEGER_REGISTERS = 6, REAL_REGISTERS = 8 };
#elif defined(__i386__)
enum { INTEGER_REGISTERS = 0, REAL_REGISTERS = 0 };
#else
enum { INTEGER_REGISTERS = 8, REAL_REGISTERS = 8 };
#endif

enum { STACK_WORDS = 24, MOST_WORDS = INTEGER_REGISTERS + REAL_REGISTERS + STACK_WORDS };

/* The interface of such a closure, and of the call. First come the integer registers, then
 * the others, then the stack. */
struct words_interface {
    ffi_cif cif;
    unsigned integers; /* one less where the address for a result takes one */
    unsigned count;
    ffi_type *types[MOST_WORDS];
};

struct words {
    uint64_t words[MOST_WORDS];
    void *pointers[MOST_WORDS]; /* to each of them, for ffi_call */
};

/* Whether the caller passes the address of the place for the result, in a register. */
bool _thimble_is_returned_in_memory(const ffi_type *returned);

void _thimble_words_interface(struct words_interface *, ffi_type *returned);

/* Takes them from a closure's arguments. */
void _thimble_copy_words(struct words *, const struct words_interface *, void *const *arguments);

#endif
