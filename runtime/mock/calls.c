#include "calls.h"

#include "memory.h"
#include <stdatomic.h>
#include <string.h>

static _Atomic uint64_t next_order;

void _thimble_calls_reset(struct calls *calls) {
    atomic_store(&calls->newest, NULL);
    atomic_store(&calls->not_kept, 0);
}

/* ---- Recording ---- */

static size_t rounded_up(size_t size) {
    const size_t alignment = _Alignof(struct recorded);
    return (size + alignment - 1) / alignment * alignment;
}

static struct recorded *recorded_of(const struct call *call) {
    return (struct recorded *)(uintptr_t)(call->arguments + rounded_up(call->signature->size));
}

/* Most arguments are words, for which the compiler needs no call. */
static void copy(char *to, const void *from, size_t size) {
    if (size == 8)
        memcpy(to, from, 8);
    else if (size == 4)
        memcpy(to, from, 4);
    else
        memcpy(to, from, size);
}

/* Before what the thread does next: it looks whether the call is awaited. */
static void add(struct calls *calls, struct call *call) {
    call->older = atomic_load_explicit(&calls->newest, memory_order_acquire);
    do
        call->number = call->older ? call->older->number + 1 : 1;
    while (!atomic_compare_exchange_weak_explicit(&calls->newest, &call->older, call,
                                                  memory_order_seq_cst, memory_order_acquire));
}

static size_t size_of(const struct signature *signature, const struct plan *plan) {
    return sizeof(struct call) + rounded_up(signature->size) +
           plan->total * sizeof(struct recorded) + plan->count * PIECE_ROOM;
}

static struct call *new_call(const struct signature *signature) {
    struct call *call = _thimble_test_alloc(size_of(signature, &signature->plan));
    call->signature = signature;
    return call;
}

/* What is short leaves room, which is given back. */
static void keep_pointees(struct call *call) {
    const struct plan *plan = &call->signature->plan;
    struct recorded *recorded = recorded_of(call);
    char *pieces = (char *)(recorded + plan->total);
    call->recorded_count = (uint32_t)_thimble_keep(plan, call->arguments, recorded, &pieces);
    _thimble_test_shrink(call, size_of(call->signature, plan), (size_t)(pieces - (char *)call));
}

struct call *_thimble_record(struct calls *calls, const struct signature *signature,
                             void *const *arguments) {
    if (_thimble_test_memory_is_full()) {
        atomic_fetch_add(&calls->not_kept, 1);
        return NULL;
    }
    struct call *call = new_call(signature);
    call->order = atomic_fetch_add_explicit(&next_order, 1, memory_order_relaxed);
    call->recorded_count = 0;
    atomic_init(&call->has_returned, false);
    for (size_t i = 0; i < signature->count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        copy(call->arguments + parameter->offset, arguments[i], parameter->size);
    }
    if (signature->plan.count)
        keep_pointees(call);
    add(calls, call);
    return call;
}

/* The test's memory is not used for anything else while a call may be going on. */
void _thimble_record_returned(struct call *call, const struct signature *signature,
                              const void *returned) {
    size_t size = signature->returns_integer ? sizeof(ffi_arg) : signature->returned_size;
    if (size <= sizeof call->returned)
        copy((char *)&call->returned, returned, size);
    atomic_store_explicit(&call->has_returned, true, memory_order_release);
}

void _thimble_calls_redescribe(struct calls *calls, const struct unit *unit,
                               const struct signature *signature) {
    for (struct call *call = atomic_load(&calls->newest); call; call = call->older) {
        if (call->signature->unit != unit)
            continue;
        /* Of fewer arguments: what is recorded follows them. */
        const struct recorded *before = recorded_of(call);
        call->signature = signature;
        memmove(recorded_of(call), before, call->recorded_count * sizeof *before);
    }
}

/* ---- Looking ---- */

size_t _thimble_call_count(const struct calls *calls) {
    const struct call *newest = atomic_load(&calls->newest);
    return (newest ? newest->number : 0) + atomic_load(&calls->not_kept);
}

const struct call **_thimble_calls(const struct calls *calls, size_t *count) {
    const struct call *newest = atomic_load(&calls->newest), *call;
    size_t at = newest ? newest->number : 0;
    *count = at;
    const struct call **sorted = _thimble_test_alloc((at + 1) * sizeof *sorted);
    for (call = newest; call; call = call->older) {
        /* They stand almost in order: two threads may have passed each other. */
        size_t place = --at;
        for (; place + 1 < *count && sorted[place + 1]->order < call->order; place++)
            sorted[place] = sorted[place + 1];
        sorted[place] = call;
    }
    return sorted;
}

struct kept_value _thimble_argument(const struct call *call, size_t i) {
    const struct parameter *parameter = &call->signature->parameters[i];
    return (struct kept_value){call->signature->unit, parameter->type,
                               (char *)(uintptr_t)call->arguments + parameter->offset,
                               recorded_of(call), call->recorded_count};
}
