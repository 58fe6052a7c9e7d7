#include "answers.h"

#include "../base/lock.h"
#include "../check/check.h"
#include "../check/exits.h"
#include "../check/signals.h"
#include "../repr/number.h"
#include "memory.h"
#include "mocks.h"
#include <errno.h>
#include <string.h>

#define ALIGNMENT _Alignof(max_align_t)

/* ---- Values as the library wants them ---- */

size_t _thimble_slot_size(const struct signature *signature) {
    size_t size =
        signature->returned_size > sizeof(ffi_arg) ? signature->returned_size : sizeof(ffi_arg);
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void _thimble_widen(const struct signature *signature, const void *value, void *slot) {
    const struct thimble_type *type = _thimble_bare_type(signature->unit, signature->returned);
    memcpy(slot, value, signature->returned_size);
    if (signature->returns_integer && type->kind != THIMBLE_POINTER)
        _thimble_store_integer(slot, sizeof(ffi_arg),
                               _thimble_load_integer(signature->unit, type, value));
}

/* ---- Telling ---- */

/* Guards what follows: what is told last takes over from what was told before. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct answer *copy_of(const struct answer *answer) {
    struct answer *copy = _thimble_test_alloc(sizeof *copy);
    *copy = answer ? *answer : (struct answer){.kind = ANSWER_ZERO};
    return copy;
}

static void publish(struct mock *mock, const struct answer *answer) {
    atomic_store_explicit(&mock->answer, answer, memory_order_release);
}

void _thimble_tell(struct mock *mock, const struct answer *answer) {
    struct answer *copy = copy_of(answer);
    sigset_t mask;
    _thimble_lock(&lock, &mask);
    const struct answer *before = atomic_load(&mock->answer);
    copy->sets = before ? before->sets : NULL;
    publish(mock, copy);
    _thimble_unlock(&lock, &mask);
}

/* The sets of other parameters, in front of the new one: a list that calls are reading is not
 * changed. */
static const struct set *with_set(const struct set *sets, const struct set *added) {
    for (; sets; sets = sets->next) {
        if (sets->parameter == added->parameter)
            continue;
        struct set *copy = _thimble_test_alloc(sizeof *copy);
        *copy = *sets;
        copy->next = added;
        added = copy;
    }
    return added;
}

void _thimble_tell_set(struct mock *mock, const struct set *set) {
    sigset_t mask;
    _thimble_lock(&lock, &mask);
    const struct answer *before = atomic_load(&mock->answer);
    struct answer *answer = copy_of(before);
    answer->sets = with_set(before ? before->sets : NULL, set);
    publish(mock, answer);
    _thimble_unlock(&lock, &mask);
}

/* ---- Leaving ---- */

static void __attribute__((noreturn)) fail_without_way(const struct mock *mock) {
    _thimble_fail_called(mock->place.file, mock->place.line,
                         "%s was called: it never returns, and its mock was not told how to "
                         "leave\n"
                         "  say mock_exit(%s, STATUS), mock_abort(%s), or mock_effect with a "
                         "function that leaves",
                         mock->name, mock->name, mock->name);
}

static void __attribute__((noreturn))
fail_returned(const struct mock *mock, const struct answer *answer) {
    _thimble_fail_called(
        answer->place.file, answer->place.line,
        "%s(%s): %s returned, but %s never returns and its callers count on that%s",
        answer->place.verb, answer->text,
        answer->kind == ANSWER_EFFECT ? "the effect" : "the real function", mock->name,
        answer->kind == ANSWER_EFFECT
            ? "\n  let the effect leave by longjmp or by ending the process"
            : "");
}

static void leave(const struct answer *answer) {
    if (answer->kind == ANSWER_EXIT)
        _thimble_exit(answer->status);
    if (answer->kind == ANSWER_ABORT)
        _thimble_abort();
}

/* ---- Returning ---- */

static void copy_slot(const struct signature *signature, const char *slot, void *returned) {
    size_t size = signature->returns_integer ? sizeof(ffi_arg) : signature->returned_size;
    memcpy(returned, slot, size);
}

static void return_zero(const struct signature *signature, void *returned) {
    memset(returned, 0, signature->returns_integer ? sizeof(ffi_arg) : signature->returned_size);
}

static void return_next(const struct mock *mock, const struct answer *answer, void *returned) {
    size_t i = atomic_fetch_add(answer->next, 1);
    if (i >= answer->count)
        _thimble_fail_called(answer->place.file, answer->place.line,
                             "%s(%s): %s was called once more than there are values (%zu)",
                             answer->place.verb, answer->text, mock->name, answer->count);
    copy_slot(mock->signature, answer->values + i * _thimble_slot_size(mock->signature), returned);
}

static void call_function(const struct answer *answer, const struct invocation *invocation) {
    _thimble_forward(answer->forwarding, invocation->cif, answer->function, invocation->returned,
                     invocation->received);
}

/* What a function that was called wrote itself is written over. */
static void go_on(const struct mock *mock, const struct answer *answer,
                  const struct invocation *invocation) {
    bool calls = answer->kind == ANSWER_EFFECT || answer->kind == ANSWER_REAL;
    if (calls)
        call_function(answer, invocation);
    _thimble_write_sets(answer->sets, invocation);
    if (answer->kind == ANSWER_VALUE)
        copy_slot(mock->signature, answer->values, invocation->returned);
    else if (answer->kind == ANSWER_VALUES)
        return_next(mock, answer, invocation->returned);
    else if (!calls)
        return_zero(mock->signature, invocation->returned);
    if (answer->error)
        errno = answer->error;
}

void _thimble_answer(const struct mock *mock, const struct answer *answer,
                     const struct invocation *invocation) {
    bool leaves = answer && (answer->kind == ANSWER_EXIT || answer->kind == ANSWER_ABORT);
    if (answer && (leaves || mock->noreturn))
        _thimble_write_sets(answer->sets, invocation);
    if (leaves)
        leave(answer);
    if (mock->noreturn && (!answer || answer->kind == ANSWER_ZERO))
        fail_without_way(mock);
    if (mock->noreturn) {
        call_function(answer, invocation);
        fail_returned(mock, answer);
    }
    if (answer)
        go_on(mock, answer, invocation);
    else
        return_zero(mock->signature, invocation->returned);
}
