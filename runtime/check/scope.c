/* What is undone, and when. */
#include <stdatomic.h>

#include "../mock/mocks.h"
#include "check.h"
#include "running.h"

struct undo {
    void (*function)(void *);
    void *data;
    struct undo *next;
};

static struct undo *_Atomic undos;
static _Atomic unsigned scope, last_scope;

unsigned _thimble_scope(void) {
    return atomic_load(&scope);
}

void _thimble_at_test_end(void (*function)(void *), void *data) {
    struct undo *undo = _thimble_test_alloc(sizeof(*undo));
    undo->function = function;
    undo->data = data;
    undo->next = atomic_load(&undos);
    while (!atomic_compare_exchange_weak(&undos, &undo->next, undo))
        continue;
}

void _thimble_scope_begins(struct scope *outer) {
    _thimble_test_memory_mark(&outer->memory);
    outer->number = atomic_exchange(&scope, atomic_fetch_add(&last_scope, 1) + 1);
    outer->undo = atomic_exchange(&undos, NULL);
    _thimble_keep_mocks();
}

static void do_undo(void *data) {
    const struct undo *undo = data;
    undo->function(undo->data);
}

void _thimble_scope_ends(struct scope *outer) {
    struct undo *undo;
    _thimble_runs_test_itself(false);
    while ((undo = atomic_load(&undos))) {
        atomic_store(&undos, undo->next);
        _thimble_guarded(do_undo, undo, false);
    }
    atomic_store(&undos, outer->undo);
    atomic_store(&scope, outer->number);
    _thimble_test_memory_release(&outer->memory);
}
