#include "mocks.h"

#include "../base/arena.h"
#include "../check/check.h"
#include "../repr/number.h"
#include "closure.h"
#include "memory.h"
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

/* Guards the list and the making and ending of mocks. Recording takes no lock. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct mock *mocks;

/* ---- A call ---- */

static void answer(const struct mock *mock, void *returned) {
    const struct signature *signature = mock->signature;
    const void *value = atomic_load_explicit(&mock->answer, memory_order_acquire);
    size_t size = signature->returns_integer ? sizeof(ffi_arg) : signature->returned_size;
    if (value)
        memcpy(returned, value, size);
    else if (size)
        memset(returned, 0, size);
}

static void __attribute__((noreturn)) fail_returning(const struct mock *mock) {
    _thimble_fail_called(
        mock->place.file, mock->place.line,
        "%s was called: it never returns, and its mock has no other way to leave\n"
        "  patch it with a function that leaves by longjmp or by ending the process",
        mock->name);
}

static void called(ffi_cif *cif, void *returned, void **arguments, void *data) {
    (void)cif;
    struct mock *mock = data;
    int saved = errno;
    if (atomic_load_explicit(&mock->active, memory_order_acquire))
        _thimble_record(&mock->calls, mock->signature, arguments);
    answer(mock, returned);
    if (mock->noreturn)
        fail_returning(mock);
    errno = saved;
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

static void forget(struct unit *unit) {
    pthread_mutex_lock(&lock);
    for (struct mock *mock = mocks; mock; mock = mock->next)
        if (mock->signature->unit == unit && !mock->orphaned && !describe_anew(mock, unit)) {
            mock->orphaned = true;
            atomic_store(&mock->active, false);
        }
    pthread_mutex_unlock(&lock);
}

/* ---- Making and ending ---- */

static void end(void *data) {
    struct mock *mock = data;
    pthread_mutex_lock(&lock);
    atomic_store(&mock->active, false);
    _thimble_restore_at_end(&mock->replacement);
    atomic_store(&mock->answer, NULL);
    _thimble_calls_reset(&mock->calls);
    pthread_mutex_unlock(&lock);
}

static bool is_active(const struct mock *mock) {
    return atomic_load(&mock->active);
}

/* ---- What stays while tests come and go ---- */

struct kept {
    struct mock *mock;
    const void *answer;
    struct call *newest;
    size_t not_kept;
};

static void put_back(void *data) {
    const struct kept *kept = data;
    atomic_store(&kept->mock->answer, kept->answer);
    atomic_store(&kept->mock->calls.newest, kept->newest);
    atomic_store(&kept->mock->calls.not_kept, kept->not_kept);
}

void _thimble_keep_mocks(void) {
    for (struct mock *mock = mocks; mock; mock = mock->next) {
        if (!is_active(mock))
            continue;
        struct kept *kept = _thimble_test_alloc(sizeof *kept);
        kept->mock = mock;
        kept->answer = atomic_load(&mock->answer);
        kept->newest = atomic_load(&mock->calls.newest);
        kept->not_kept = atomic_load(&mock->calls.not_kept);
        _thimble_at_test_end(put_back, kept);
    }
}

/* ---- Finding one ---- */

const struct mock *_thimble_next_mock(const struct mock *before) {
    pthread_mutex_lock(&lock);
    const struct mock *mock = before ? before->next : mocks;
    while (mock && !is_active(mock))
        mock = mock->next;
    pthread_mutex_unlock(&lock);
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

static struct mock *make(struct place place, const struct target *target) {
    struct text why = _thimble_growing_text();
    struct signature *signature = _thimble_signature(target->unit, target->type, &why);
    if (!signature)
        _thimble_fail_target(place, target->text, "%s\n  patch works there too", why.data);
    struct mock *mock = _thimble_alloc(&_thimble_arena, sizeof *mock);
    mock->identity = target->identity;
    mock->signature = signature;
    mock->noreturn = target->noreturn;
    mock->entry = _thimble_closure(place, target, &signature->cif, called, mock);
    if (!mocks)
        _thimble_unit_leaves(forget);
    pthread_mutex_lock(&lock);
    mock->next = mocks;
    mocks = mock;
    pthread_mutex_unlock(&lock);
    return mock;
}

static void begin(struct place place, const struct target *target, struct mock *mock) {
    mock->pointer = target->pointer;
    mock->name = target->name;
    mock->place = place;
    if (!_thimble_replace(&mock->replacement, target, mock->entry))
        _thimble_fail_no_seam(place, target);
    atomic_store(&mock->active, true);
    _thimble_at_test_end(end, mock);
}

struct mock *_thimble_mock(struct place place, const struct target *target) {
    pthread_mutex_lock(&lock);
    struct mock *mock = active_mock_of(target);
    if (mock && target->pointer && mock->entry != *target->pointer)
        mock = NULL; /* what stands there now is another function */
    struct mock *idle = mock ? NULL : idle_mock_for(target);
    pthread_mutex_unlock(&lock);
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
    pthread_mutex_lock(&lock);
    struct mock *mock = active_mock_of(target);
    pthread_mutex_unlock(&lock);
    if (!mock)
        _thimble_fail_target(place, target->text, "%s is not mocked: say mock(%s) first",
                             target->name, target->text);
    return mock;
}

void _thimble_mock_answers(struct mock *mock, const void *value) {
    const struct signature *signature = mock->signature;
    const struct thimble_type *type = _thimble_bare_type(signature->unit, signature->returned);
    void *copy = _thimble_test_alloc(signature->returned_size + sizeof(ffi_arg));
    memcpy(copy, value, signature->returned_size);
    if (signature->returns_integer && type->kind != THIMBLE_POINTER)
        _thimble_store_integer(copy, sizeof(ffi_arg),
                               _thimble_load_integer(signature->unit, type, value));
    atomic_store_explicit(&mock->answer, copy, memory_order_release);
}
