#include "mocks.h"

#include "../base/arena.h"
#include "../base/lock.h"
#include "../check/check.h"
#include "../debug/answer.h"
#include "closure.h"
#include "memory.h"
#include <errno.h>
#include <stdatomic.h>
#include <string.h>

/* Guards the list and the making and ending of mocks. Recording takes no lock. */
pthread_mutex_t _thimble_mocks_lock = PTHREAD_MUTEX_INITIALIZER;
static struct mock *mocks;

/* ---- A call ---- */

void _thimble_called(struct mock *mock, const struct invocation *invocation) {
    int saved = errno;
    struct call *call = NULL;
    const struct answer *answer = atomic_load_explicit(&mock->answer, memory_order_acquire);
    if (atomic_load_explicit(&mock->active, memory_order_acquire) && !_thimble_is_answering()) {
        call = _thimble_record(&mock->calls, invocation->signature, invocation->arguments);
        if (atomic_load(&mock->awaited))
            _thimble_wake(mock);
    }
    errno = saved;
    _thimble_answer(mock, answer, invocation);
    if (call)
        _thimble_record_returned(call, mock->signature, invocation->returned);
}

static void called(ffi_cif *cif, void *returned, void **arguments, void *data) {
    struct mock *mock = data;
    const struct invocation invocation = {mock->signature, arguments, cif, arguments, returned};
    _thimble_called(mock, &invocation);
}

/* ---- Units that leave ---- */

static bool describe_anew(struct mock *mock, const struct unit *without) {
    struct target target = {.identity = mock->identity};
    struct text why = _thimble_growing_text();
    if (!mock->identity || !_thimble_describe_target(&target, without))
        return false;
    struct signature *signature = _thimble_signature(target.unit, target.type, &why);
    if (!signature || signature->count != mock->signature->count ||
        signature->size != mock->signature->size)
        return false;
    mock->signature = signature;
    return true;
}

static bool is_active(const struct mock *mock) {
    return atomic_load(&mock->active);
}

static void forget(struct unit *unit) {
    sigset_t mask;
    _thimble_lock(&_thimble_mocks_lock, &mask);
    for (struct mock *mock = mocks; mock; mock = mock->next) {
        if (mock->signature->unit == unit && !mock->orphaned && !describe_anew(mock, unit)) {
            mock->orphaned = true;
            atomic_store(&mock->active, false);
        }
        if (is_active(mock))
            _thimble_calls_redescribe(&mock->calls, unit, mock->signature);
    }
    _thimble_unlock(&_thimble_mocks_lock, &mask);
}

/* ---- Making and ending ---- */

static void end(void *data) {
    struct mock *mock = data;
    sigset_t mask;
    _thimble_lock(&_thimble_mocks_lock, &mask);
    atomic_store(&mock->active, false);
    _thimble_restore_at_end(&mock->replacement);
    atomic_store(&mock->answer, NULL);
    mock->learning = false;
    _thimble_calls_reset(&mock->calls);
    _thimble_unlock(&_thimble_mocks_lock, &mask);
}

/* ---- What stays while tests come and go ---- */

struct kept {
    struct mock *mock;
    const struct answer *answer;
    size_t next; /* of its values */
    bool learning;
    struct call *newest;
    size_t not_kept;
};

static void put_back(void *data) {
    const struct kept *kept = data;
    if (kept->answer && kept->answer->next)
        atomic_store(kept->answer->next, kept->next);
    atomic_store(&kept->mock->answer, kept->answer);
    kept->mock->learning = kept->learning;
    atomic_store(&kept->mock->calls.newest, kept->newest);
    atomic_store(&kept->mock->calls.not_kept, kept->not_kept);
}

static void keep(struct mock *mock) {
    struct kept *kept = _thimble_test_alloc(sizeof *kept);
    kept->mock = mock;
    kept->answer = atomic_load(&mock->answer);
    kept->next = kept->answer && kept->answer->next ? atomic_load(kept->answer->next) : 0;
    kept->learning = mock->learning;
    kept->newest = atomic_load(&mock->calls.newest);
    kept->not_kept = atomic_load(&mock->calls.not_kept);
    _thimble_at_test_end(put_back, kept);
    if (mock->learning)
        _thimble_show_learned_at_end(mock);
}

void _thimble_keep_mocks(void) {
    for (struct mock *mock = mocks; mock; mock = mock->next)
        if (is_active(mock))
            keep(mock);
}

/* ---- Finding one ---- */

const struct mock *_thimble_next_mock(const struct mock *before) {
    sigset_t mask;
    _thimble_lock(&_thimble_mocks_lock, &mask);
    const struct mock *mock = before ? before->next : mocks;
    while (mock && !is_active(mock))
        mock = mock->next;
    _thimble_unlock(&_thimble_mocks_lock, &mask);
    return mock;
}

/* The mock to which the target's calls go, or went before something else replaced
 * it. A pointer's is the one that stands in it, else the latest that stood there. */
static struct mock *active_mock_of(const struct target *target) {
    struct mock *earlier = NULL;
    for (struct mock *mock = mocks; mock; mock = mock->next) {
        if (!is_active(mock) || mock->identity != target->identity)
            continue;
        if (target->identity || mock->entry == *target->pointer)
            return mock;
        if (mock->pointer == target->pointer && !earlier)
            earlier = mock;
    }
    return earlier;
}

static struct mock *idle_mock_for(const struct target *target) {
    for (struct mock *mock = mocks; mock; mock = mock->next) {
        bool same_type =
            mock->signature->unit == target->unit && mock->signature->type == target->type;
        if (!mock->orphaned && !is_active(mock) && mock->identity == target->identity &&
            (target->identity || same_type))
            return mock;
    }
    return NULL;
}

/* What a call passes behind the `...`, and to a function without a prototype, can be read
 * where it is known what registers that stands in. */
static void make_entry(struct place place, const struct target *target, struct mock *mock) {
    struct signature *signature = mock->signature;
    if (!signature->variadic) {
        mock->entry = _thimble_closure(place, target, &signature->cif, called, mock);
        return;
    }
#ifndef __x86_64__
    _thimble_fail_target(place, target->text,
                         "%s takes arguments that its type does not tell, which a mock cannot "
                         "receive on this machine\n  patch works there too",
                         target->name);
#endif
    mock->words = _thimble_alloc(&_thimble_arena, sizeof *mock->words);
    _thimble_words_interface(mock->words, signature->cif.rtype);
    mock->entry =
        _thimble_closure(place, target, &mock->words->cif, _thimble_called_with_words, mock);
}

static struct mock *make(struct place place, const struct target *target) {
    struct text why = _thimble_growing_text();
    struct signature *signature = _thimble_signature(target->unit, target->type, &why);
    if (!signature)
        _thimble_fail_target(place, target->text, "%s\n  patch works there too", why.data);
    struct mock *mock = _thimble_alloc(&_thimble_arena, sizeof *mock);
    mock->identity = target->identity;
    mock->signature = signature;
    mock->noreturn = target->noreturn;
    make_entry(place, target, mock);
    if (!mocks)
        _thimble_unit_leaves(forget);
    sigset_t mask;
    _thimble_lock(&_thimble_mocks_lock, &mask);
    mock->next = mocks;
    mocks = mock;
    _thimble_unlock(&_thimble_mocks_lock, &mask);
    return mock;
}

static void begin(struct place place, const struct target *target, struct mock *mock) {
    mock->pointer = target->pointer;
    mock->name = target->name;
    mock->place = place;
    _thimble_at_test_end(end, mock); /* first: a signal may jump away at any time */
    atomic_store(&mock->active, true);
    if (!_thimble_replace(&mock->replacement, target, mock->entry))
        _thimble_fail_no_seam(place, target);
}

struct mock *_thimble_mock(struct place place, const struct target *target) {
    sigset_t mask;
    _thimble_lock(&_thimble_mocks_lock, &mask);
    struct mock *mock = active_mock_of(target);
    if (mock && target->pointer && mock->entry != *target->pointer)
        mock = NULL; /* what stands there now is another function */
    struct mock *idle = mock ? NULL : idle_mock_for(target);
    if (idle) {
        _thimble_calls_reset(&idle->calls); /* a call may have been in it when its test ended */
        atomic_store(&idle->active, true);  /* no other thread takes it */
    }
    _thimble_unlock(&_thimble_mocks_lock, &mask);
    if (!mock) {
        mock = idle ? idle : make(place, target);
        begin(place, target, mock);
    } else if (target->identity && _thimble_newest(target) != &mock->replacement) {
        _thimble_restore(&mock->replacement, NULL); /* it was patched since */
        _thimble_replace(&mock->replacement, target, mock->entry);
    }
    return mock;
}

struct mock *_thimble_existing_mock(struct place place, const struct target *target) {
    sigset_t mask;
    _thimble_lock(&_thimble_mocks_lock, &mask);
    struct mock *mock = active_mock_of(target);
    _thimble_unlock(&_thimble_mocks_lock, &mask);
    if (!mock)
        _thimble_fail_target(place, target->text, "%s is not mocked: say mock(%s) first",
                             target->name, target->text);
    return mock;
}
