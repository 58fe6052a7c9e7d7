/* closure.h: functions made while the program runs. */
#ifndef MOCK_CLOSURE_H
#define MOCK_CLOSURE_H

#include "target.h"
#include <ffi.h>

typedef void closure_body(ffi_cif *, void *returned, void **arguments, void *data);

/* The address of a function with this interface that calls body with data; it
 * stays for as long as the process, as a call may be in it at any time. Fails at
 * the place where the system gives no memory for code. */
void *_thimble_closure(struct place, const struct target *, ffi_cif *, closure_body *, void *data);

/* ---- noreturn.c ---- */

/* A function that hands its arguments on to the replacement of a noreturn
 * function, and fails the test at the place should that return: the caller has no
 * code for it. */
void *_thimble_noreturn(struct place, const struct target *, void (*replacement)(void));

#endif
