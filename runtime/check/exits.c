/* For on_exit. */
#define _GNU_SOURCE 1

#include "exits.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "block.h"

extern __typeof__(on_exit) on_exit __attribute__((weak));

/* How many of our handlers exit has still to call; of quick_exit's there is one at most. */
static _Atomic int awaiting, awaiting_quick;

static void catch_exit(int status) {
    struct open_block *block = _thimble_catcher(OUT_EXIT);
    if (block)
        _thimble_leave_by(block, OUT_EXIT, status);
}

/* exit holds no lock while it calls it, has flushed nothing yet, and goes on with the next
 * handler when it is called again. */
static void on_exit_handler(int status, void *unused) {
    (void)unused;
    atomic_fetch_sub(&awaiting, 1);
    catch_exit(status);
}

/* No standard hands the status over; glibc does. */
static void on_quick_exit_handler(void *unused, int status) {
    (void)unused;
    atomic_store(&awaiting_quick, 0);
    catch_exit(status);
}

void _thimble_expect_exit(bool anew) {
    union {
        void (*with_status)(void *, int);
        void (*registered)(void);
    } quick = {on_quick_exit_handler};
    if (on_exit && (anew || atomic_load(&awaiting) == 0) && on_exit(on_exit_handler, NULL) == 0)
        atomic_fetch_add(&awaiting, 1);
    if (!atomic_exchange(&awaiting_quick, 1) && at_quick_exit(quick.registered) != 0)
        atomic_store(&awaiting_quick, 0);
}

void _thimble_underscore_exit(int status) {
    catch_exit(status);
    _exit(status);
}
