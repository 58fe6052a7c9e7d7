/* For RTLD_NEXT, dladdr and reallocarray. */
#define _GNU_SOURCE 1

#include "interpose.h"

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../base/peek.h"
#include "cells.h"
#include "counters.h"
#include "misuse.h"
#include "shadow.h"
#include "thread.h"
#include "traces.h"

#define INTERPOSED __attribute__((__weak__, __visibility__("default")))

/* Where there is no libdl to link with, libc's own names stand in. */
extern __typeof__(dlsym) dlsym __attribute__((weak));
extern void *__libc_malloc(size_t) __attribute__((weak));
extern void *__libc_calloc(size_t, size_t) __attribute__((weak));
extern void *__libc_realloc(void *, size_t) __attribute__((weak));
extern void *__libc_memalign(size_t, size_t) __attribute__((weak));
extern void __libc_free(void *) __attribute__((weak));

/* Makes a static link take libc's allocator, which then is the only one. */
__attribute__((used)) static size_t (*const keeps_libcs_allocator)(void *) = malloc_usable_size;

/* In the object with the runner's main: the program runs tests. */
extern const char thimble_is_test_program __attribute__((weak));

/* Each is there in a program that the sanitizer is linked into. */
extern char __asan_init __attribute__((weak)), __hwasan_init __attribute__((weak)),
    __lsan_init __attribute__((weak)), __memprof_init __attribute__((weak)),
    __msan_init __attribute__((weak)), __tsan_init __attribute__((weak));

/* What is special now; mostly nothing, and then a call costs this load and a
 * branch and goes on to the next definition as a jump. */
enum {
    OBSERVING = 1,
    LENDING = 2 /* blocks of the loan were given out */
};
static _Atomic unsigned mode;

/* No block of the process has escaped so far. */
static bool observed_all;

/* Observing was begun or ended by a call: the first block no longer begins it. */
static bool switched;

/* ---- The next definitions ---- */

/* The dynamic linker may allocate while it is asked for them. It gets memory on
 * loan, which is never given back. */
#define LOAN_SIZE ((size_t)16 * 1024)
#define LOAN_ALIGNMENT 16
static _Alignas(LOAN_ALIGNMENT) char loan[LOAN_SIZE];
static _Atomic size_t lent;

static __thread bool resolving __attribute__((tls_model("initial-exec")));

static COLD void *lend(size_t size) {
    atomic_fetch_or(&mode, LENDING);
    if (size > LOAN_SIZE)
        return NULL;
    size_t rounded = (size + LOAN_ALIGNMENT) / LOAN_ALIGNMENT * LOAN_ALIGNMENT;
    size_t start = atomic_fetch_add(&lent, rounded);
    return start <= LOAN_SIZE - rounded ? loan + start : NULL;
}

static bool is_lent(const void *block) {
    return (uintptr_t)block - (uintptr_t)loan < LOAN_SIZE;
}

/* The process's own: what is here may have lost against another definition. No
 * compiler is to take them for functions that it knows. */
static void *(*volatile own_malloc)(size_t) = malloc;
static void *(*volatile own_realloc)(void *, size_t) = realloc;
static void (*volatile own_free)(void *) = free;

/* A block on loan doesn't know its size: whatever may belong to it is copied. */
static COLD void *copy_of_lent(const void *block, size_t size) {
    void *copy = own_malloc(size);
    size_t rest = (size_t)(loan + LOAN_SIZE - (const char *)block);
    return copy ? memcpy(copy, block, size < rest ? size : rest) : NULL;
}

/* Not in every libc's header. */
void *pvalloc(size_t size);
void free_sized(void *block, size_t size);
void free_aligned_sized(void *block, size_t alignment, size_t size);

static void *first_malloc(size_t size);
static void *first_calloc(size_t count, size_t size);
static void *first_realloc(void *block, size_t size);
static void *first_memalign(size_t alignment, size_t size);
static void *first_aligned_alloc(size_t alignment, size_t size);
static int first_posix_memalign(void **block, size_t alignment, size_t size);
static void *first_valloc(size_t size);
static void *first_pvalloc(size_t size);
static void first_free(void *block);

/* Until the first call each leads to the function that looks them all up. */
static struct {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void *(*memalign)(size_t, size_t);
    void *(*aligned_alloc)(size_t, size_t);
    int (*posix_memalign)(void **, size_t, size_t);
    void *(*valloc)(size_t);
    void *(*pvalloc)(size_t);
    void (*free)(void *);
} next = {
    first_malloc,         first_calloc, first_realloc, first_memalign, first_aligned_alloc,
    first_posix_memalign, first_valloc, first_pvalloc, first_free,
};

/* Stand in for what libc does not have. */

static void *no_memalign(size_t alignment, size_t size) {
    return next.aligned_alloc(alignment, size);
}

static void *memalign_instead(size_t alignment, size_t size) {
    return next.memalign(alignment, size);
}

static COLD int posix_memalign_instead(void **block, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0)
        return EINVAL;
    int saved = errno;
    void *made = next.memalign(alignment, size);
    errno = saved;
    if (!made)
        return ENOMEM;
    *block = made;
    return 0;
}

static COLD void *valloc_instead(size_t size) {
    return next.memalign((size_t)sysconf(_SC_PAGESIZE), size);
}

static COLD void *pvalloc_instead(size_t size) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return next.memalign(page, (size + page - 1) / page * page);
}

/* In a static program of glibc's dlsym crashes while the program is being set up;
 * it has libc's own names. */
static COLD bool can_ask(void) {
    return dlsym && (getauxval(AT_BASE) != 0 || !__libc_malloc);
}

/* A sanitizer, or Valgrind by a name in what it preloads: it keeps book of the heap
 * itself, in memory that is not to be looked at. */
static COLD bool is_sanitized(void) {
    return &__asan_init || &__hwasan_init || &__lsan_init || &__memprof_init || &__msan_init ||
           &__tsan_init;
}

static COLD bool is_watched(void) {
    return is_sanitized() || (can_ask() && dlsym(RTLD_DEFAULT, "_vgnU_freeres"));
}

/* Whether it is, once the next definitions have been looked up: asking leaves a message of the
 * dynamic linker's in the heap, which is to be no block of the program's. */
static bool watched;

/* A static link with musl, whose malloc nothing but its own name brings in. */
static COLD void give_up(void) {
    static const char message[] = "thimble: finds no malloc of libc's behind its own: "
                                  "link libc as a shared library\n";
    _thimble_write(STDERR_FILENO, message, sizeof(message) - 1);
    abort();
}

/* Two blocks of the allocator's may be sixteen bytes apart, unless they can't. */
static COLD void learn_smallest_block(void) {
    void *block = next.malloc(1);
    if (block && malloc_usable_size(block) < 24)
        _thimble_smallest_block = 16;
    next.free(block);
}

/* A program that runs tests is observed from its first block on, and one whose environment
 * asks for it. */
static COLD bool is_asked_for(void) {
    return &thimble_is_test_program || _thimble_memory_asked();
}

static COLD void resolve(void) {
    resolving = true;
#define FIND(name, instead)                                                                        \
    do {                                                                                           \
        void *found = can_ask() ? dlsym(RTLD_NEXT, #name) : NULL;                                  \
        next.name = found ? (__typeof__(next.name))found : (instead);                              \
    } while (0)
    FIND(malloc, __libc_malloc);
    FIND(calloc, __libc_calloc);
    FIND(realloc, __libc_realloc);
    FIND(free, __libc_free);
    FIND(memalign, __libc_memalign ? __libc_memalign : no_memalign);
    FIND(aligned_alloc, memalign_instead);
    FIND(posix_memalign, posix_memalign_instead);
    FIND(valloc, valloc_instead);
    FIND(pvalloc, pvalloc_instead);
#undef FIND
    if (!next.malloc || !next.calloc || !next.realloc || !next.free)
        give_up();
    watched = is_watched();
    resolving = false;
    if (!watched)
        learn_smallest_block();
    if (is_asked_for() && !watched && !switched) {
        observed_all = true;
        atomic_fetch_or(&mode, OBSERVING);
    }
}

/* ---- Without the heap ---- */

/* In front of a block from the arena. */
struct apart {
    _Alignas(max_align_t) size_t size;
};

static COLD void *apart_malloc(size_t size) {
    struct apart *block = _thimble_alloc(&_thimble_arena, sizeof(*block) + size);
    block->size = size;
    return block + 1;
}

static COLD void *apart_calloc(size_t count, size_t size) {
    return size && count > PTRDIFF_MAX / size ? NULL : apart_malloc(count * size);
}

/* The size of what the heap gave is not known. */
static COLD void *apart_realloc(void *old, size_t size) {
    void *block = apart_malloc(size);
    if (old)
        _thimble_peek(block, old, size);
    return block;
}

static COLD void *apart_memalign(size_t alignment, size_t size) {
    return alignment <= _Alignof(max_align_t) ? apart_malloc(size) : NULL;
}

static COLD void apart_free(void *block) {
    (void)block;
}

void _thimble_leave_heap(void) {
    atomic_store(&mode, 0);
    next.malloc = apart_malloc;
    next.calloc = apart_calloc;
    next.realloc = apart_realloc;
    next.memalign = next.aligned_alloc = apart_memalign;
    next.free = apart_free;
}

/* ---- Observing ---- */

bool _thimble_memory_asked(void) {
    /* Whoever runs a program with another's rights does not say where that writes. */
    const char *file = environ && !getauxval(AT_SECURE) ? getenv("THIMBLE_MEMORY") : NULL;
    return file && *file && !&thimble_is_test_program;
}

bool _thimble_observing(void) {
    return atomic_load_explicit(&mode, memory_order_relaxed) & OBSERVING;
}

bool _thimble_observed_all(void) {
    return observed_all;
}

uintptr_t _thimble_allocator(void) {
    return (uintptr_t)next.malloc;
}

static bool ready(void);

/* Whether a block that is made now is seen, and seen to be freed: what else defines malloc,
 * all of the family or some, passes us by. The size tells it from one that is still there as
 * its freeing was not seen. */
static COLD bool sees_blocks(void) {
    enum { SIZE = 1009 };
    void *probe = own_malloc(SIZE);
    uintptr_t address = (uintptr_t)probe;
    struct block seen;
    bool made = _thimble_find_block(address, &seen) && seen.size == SIZE;
    own_free(probe);
    return made && !_thimble_find_block(address, &seen);
}

bool _thimble_observe(void) {
    if (is_sanitized() || (next.malloc == first_malloc && !ready()) || watched)
        return false;
    atomic_fetch_or(&mode, OBSERVING);
    bool sees = sees_blocks();
    switched = true;
    if (!sees)
        _thimble_observe_not();
    return sees;
}

void _thimble_observe_not(void) {
    switched = true;
    atomic_fetch_and(&mode, ~(unsigned)OBSERVING);
    observed_all = false;
}

/* Apart from the calls that nobody observes, which then need no stack. */
#define APART __attribute__((__noinline__))

/* Places behind calls of malloc whose blocks a unit's hook names right after: to walk the
 * stack for them here would be for nothing. */
enum { NAMED_BITS = 12 };
static const void *_Atomic named[1 << NAMED_BITS];

static const void *_Atomic *named_place(const void *place) {
    return &named[(uintptr_t)place * UINT64_C(0x9e3779b97f4a7c15) >> (64 - NAMED_BITS)];
}

void _thimble_note_named(void) {
    const void *place = _thimble_thread.made_by;
    const void *_Atomic *at = named_place(place);
    if (atomic_load_explicit(at, memory_order_relaxed) != place)
        atomic_store_explicit(at, place, memory_order_relaxed);
}

static APART uint32_t foreign_trace(const void *place) {
    _thimble_thread.made_by = place;
    if (atomic_load_explicit(named_place(place), memory_order_relaxed) == place)
        return 0;
    return _thimble_stack_trace(NULL, 0, NULL, place);
}

HOT_INLINE void *observe(void *made, size_t size, const void *place) {
    if (!made)
        return NULL;
    struct block block = {(uintptr_t)made, size, 0, _thimble_block_number};
    if (__builtin_expect(_thimble_frames > 1, 0))
        block.trace = foreign_trace(place);
    cell *at = NULL;
    if (__builtin_expect(!put_cells(&block, &at), 0))
        _thimble_shadow_put_rest(&block);
    _thimble_thread_made(block.address, size, at);
    if (_thimble_counting)
        count_made(block.trace, size);
    return made;
}

#define PLACE __builtin_return_address(0)

static APART void *observe_made(void *made, size_t size, const void *place) {
    return observe(made, size, place);
}

static inline void *observed(void *made, size_t size, const void *place) {
    return _thimble_observing() ? observe_made(made, size, place) : made;
}

static APART void *observe_malloc(size_t size, const void *place) {
    return observe(next.malloc(size), size, place);
}

static APART void *observe_calloc(size_t count, size_t size, const void *place) {
    return observe_made(next.calloc(count, size), count * size, place);
}

static APART void observe_free(void *block) {
    if (is_lent(block))
        return;
    if (block && _thimble_observing()) {
        struct block released;
        uintptr_t address = (uintptr_t)block;
        uint32_t by = _thimble_thread_releaser(address);
        if (__builtin_expect(_thimble_any_paired, 0))
            _thimble_check_pair(address, by, "free");
        cell *at = cell_of(address);
        if (!(at && release_cells(at, address, by, &released)) &&
            !_thimble_shadow_release(address, by, &released))
            _thimble_suspect_release(address, by, "free");
        else if (_thimble_counting)
            count_gone(&released);
    }
    next.free(block);
}

/* Between taking out and putting back another thread may get the old address. A block that
 * foreign code moves keeps its site. */
static void *observe_resizing(void *old, size_t size, const void *place) {
    struct block block, before;
    uintptr_t address = (uintptr_t)old;
    uint32_t by = _thimble_thread_releaser(address);
    if (__builtin_expect(_thimble_any_paired, 0))
        _thimble_check_pair(address, by, "realloc");
    uint32_t flags = _thimble_shadow_flags(address, 0);
    bool known = _thimble_shadow_take(address, &block);
    if (!known)
        _thimble_suspect_release(address, by, "realloc");
    before = block;
    void *resized = next.realloc(old, size);
    if (!known)
        return observe_made(resized, size, place);
    if (resized != old && (resized || size == 0))
        _thimble_shadow_released(&block, by);
    if (!resized && size == 0) {
        if (_thimble_counting)
            count_gone(&block);
        return NULL;
    }
    if (resized) {
        block.address = (uintptr_t)resized;
        block.size = size;
        if (_thimble_counting) {
            count_gone(&before);
            count_made(block.trace, size);
        }
    }
    if (flags)
        _thimble_shadow_put_special(&block, flags);
    else
        _thimble_shadow_put(&block);
    if (resized)
        _thimble_thread_made(block.address, size, NULL);
    return resized;
}

static APART void *observe_realloc(void *old, size_t size, const void *place) {
    if (is_lent(old))
        return copy_of_lent(old, size);
    if (!_thimble_observing())
        return next.realloc(old, size);
    return old ? observe_resizing(old, size, place)
               : observe_made(next.realloc(NULL, size), size, place);
}

/* ---- The first calls ---- */

/* True: libc can be asked. False: it is the dynamic linker that asks for memory
 * while it is being asked. */
static COLD bool ready(void) {
    if (resolving)
        return false;
    resolve();
    return true;
}

static COLD void *first_malloc(size_t size) {
    return ready() ? observed(next.malloc(size), size, PLACE) : lend(size);
}

static COLD void *first_calloc(size_t count, size_t size) {
    if (ready())
        return observed(next.calloc(count, size), count * size, PLACE);
    return size && count > LOAN_SIZE / size ? NULL : lend(count * size);
}

static COLD void *first_realloc(void *block, size_t size) {
    return ready() ? observe_realloc(block, size, PLACE) : lend(size);
}

static COLD void *first_memalign(size_t alignment, size_t size) {
    return ready() ? observed(next.memalign(alignment, size), size, PLACE) : NULL;
}

static COLD void *first_aligned_alloc(size_t alignment, size_t size) {
    return ready() ? observed(next.aligned_alloc(alignment, size), size, PLACE) : NULL;
}

static COLD int first_posix_memalign(void **block, size_t alignment, size_t size) {
    if (!ready())
        return ENOMEM;
    int failed = next.posix_memalign(block, alignment, size);
    if (!failed)
        observed(*block, size, PLACE);
    return failed;
}

static COLD void *first_valloc(size_t size) {
    return ready() ? observed(next.valloc(size), size, PLACE) : NULL;
}

static COLD void *first_pvalloc(size_t size) {
    return ready() ? observed(next.pvalloc(size), size, PLACE) : NULL;
}

static COLD void first_free(void *block) {
    if (ready())
        observe_free(block);
}

/* ---- The malloc family ---- */

static bool nothing_special(void) {
    return __builtin_expect(atomic_load_explicit(&mode, memory_order_relaxed) == 0, 1);
}

INTERPOSED void *malloc(size_t size) {
    return _thimble_observing() ? observe_malloc(size, PLACE) : next.malloc(size);
}

INTERPOSED void *calloc(size_t count, size_t size) {
    return _thimble_observing() ? observe_calloc(count, size, PLACE) : next.calloc(count, size);
}

INTERPOSED void *realloc(void *old, size_t size) {
    return nothing_special() ? next.realloc(old, size) : observe_realloc(old, size, PLACE);
}

INTERPOSED void *reallocarray(void *old, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    return own_realloc(old, count * size);
}

INTERPOSED void free(void *block) {
    if (nothing_special())
        next.free(block);
    else
        observe_free(block);
}

/* Of C23; libc's own doesn't go through free. */
INTERPOSED void free_sized(void *block, size_t size) {
    (void)size;
    free(block);
}

INTERPOSED void free_aligned_sized(void *block, size_t alignment, size_t size) {
    (void)alignment;
    (void)size;
    free(block);
}

INTERPOSED void *aligned_alloc(size_t alignment, size_t size) {
    return observed(next.aligned_alloc(alignment, size), size, PLACE);
}

INTERPOSED void *memalign(size_t alignment, size_t size) {
    return observed(next.memalign(alignment, size), size, PLACE);
}

INTERPOSED int posix_memalign(void **block, size_t alignment, size_t size) {
    int failed = next.posix_memalign(block, alignment, size);
    if (!failed && _thimble_observing())
        observe_made(*block, size, PLACE);
    return failed;
}

INTERPOSED void *valloc(size_t size) {
    return observed(next.valloc(size), size, PLACE);
}

INTERPOSED void *pvalloc(size_t size) {
    return observed(next.pvalloc(size), size, PLACE);
}
