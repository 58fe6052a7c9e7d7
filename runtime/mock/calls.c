#include "calls.h"

#include "../base/peek.h"
#include "memory.h"
#include "readable.h"
#include <stdatomic.h>
#include <string.h>

/* Of a string that is longer only the beginning is kept. */
enum { LONGEST_STRING = 4096 };

static _Atomic uint64_t next_order;

void _thimble_calls_reset(struct calls *calls) {
    atomic_store(&calls->newest, NULL);
    atomic_store(&calls->not_kept, 0);
}

/* ---- Recording ---- */

static ptrdiff_t copy_string(char bytes[LONGEST_STRING + 1], const char *address, int *ended) {
    ptrdiff_t length = _thimble_copy_certain_string(bytes, address, LONGEST_STRING + 1);
    *ended = length >= 0;
    return length >= 0 ? length : _thimble_peek_string(bytes, address, LONGEST_STRING + 1, ended);
}

static struct recorded_string record_string(size_t offset, const char *address) {
    char bytes[LONGEST_STRING + 1];
    int ended = 0;
    ptrdiff_t length = address ? copy_string(bytes, address, &ended) : -1;
    struct recorded_string string = {.offset = offset, .length = length, .ended = ended};
    if (length < 0)
        return string;
    char *copy = _thimble_test_alloc((size_t)length + 1);
    memcpy(copy, bytes, (size_t)length);
    copy[length] = '\0';
    string.bytes = copy;
    return string;
}

static void record_strings(struct call *call, const struct signature *signature) {
    for (size_t i = 0; i < signature->string_count; i++) {
        const char *address;
        memcpy(&address, call->arguments + signature->strings[i], sizeof address);
        call->strings[i] = record_string(signature->strings[i], address);
    }
}

static size_t rounded_up(size_t size) {
    return (size + _Alignof(max_align_t) - 1) / _Alignof(max_align_t) * _Alignof(max_align_t);
}

static struct call *new_call(const struct signature *signature) {
    size_t head =
        rounded_up(sizeof(struct call) + signature->string_count * sizeof(struct recorded_string));
    struct call *call = _thimble_test_alloc(head + signature->size);
    call->arguments = (char *)call + head;
    return call;
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

static void add(struct calls *calls, struct call *call) {
    call->older = atomic_load_explicit(&calls->newest, memory_order_acquire);
    do
        call->number = call->older ? call->older->number + 1 : 1;
    while (!atomic_compare_exchange_weak_explicit(&calls->newest, &call->older, call,
                                                  memory_order_release, memory_order_acquire));
}

void _thimble_record(struct calls *calls, const struct signature *signature,
                     void *const *arguments) {
    if (_thimble_test_memory_is_full()) {
        atomic_fetch_add(&calls->not_kept, 1);
        return;
    }
    struct call *call = new_call(signature);
    call->order = atomic_fetch_add_explicit(&next_order, 1, memory_order_relaxed);
    for (size_t i = 0; i < signature->count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        copy(call->arguments + parameter->offset, arguments[i], parameter->size);
    }
    record_strings(call, signature);
    add(calls, call);
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
