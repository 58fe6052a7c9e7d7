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
#include "table.h"

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

static void *lend(size_t size) {
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
static void *copy_of_lent(const void *block, size_t size) {
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

static int posix_memalign_instead(void **block, size_t alignment, size_t size) {
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

static void *valloc_instead(size_t size) {
    return next.memalign((size_t)sysconf(_SC_PAGESIZE), size);
}

static void *pvalloc_instead(size_t size) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return next.memalign(page, (size + page - 1) / page * page);
}

/* In a static program of glibc's dlsym crashes while the program is being set up;
 * it has libc's own names. */
static bool can_ask(void) {
    return dlsym && (getauxval(AT_BASE) != 0 || !__libc_malloc);
}

/* A sanitizer, or Valgrind by a name in what it preloads: it keeps book of the heap
 * itself, in memory that is not to be looked at. */
static bool is_watched(void) {
    bool sanitized = &__asan_init || &__hwasan_init || &__lsan_init || &__memprof_init ||
                     &__msan_init || &__tsan_init;
    return sanitized || (can_ask() && dlsym(RTLD_DEFAULT, "_vgnU_freeres"));
}

/* A static link with musl, whose malloc nothing but its own name brings in. */
static void give_up(void) {
    static const char message[] = "thimble: finds no malloc of libc's behind its own: "
                                  "link libc as a shared library\n";
    _thimble_write(STDERR_FILENO, message, sizeof(message) - 1);
    abort();
}

static void resolve(void) {
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
    bool watched = is_watched();
    resolving = false;
    if (&thimble_is_test_program && !watched && !switched) {
        observed_all = true;
        atomic_fetch_or(&mode, OBSERVING);
    }
}

/* ---- Without the heap ---- */

/* In front of a block from the arena. */
struct apart {
    _Alignas(max_align_t) size_t size;
};

static void *apart_malloc(size_t size) {
    struct apart *block = _thimble_alloc(&_thimble_arena, sizeof(*block) + size);
    block->size = size;
    return block + 1;
}

static void *apart_calloc(size_t count, size_t size) {
    return size && count > PTRDIFF_MAX / size ? NULL : apart_malloc(count * size);
}

/* The size of what the heap gave is not known. */
static void *apart_realloc(void *old, size_t size) {
    void *block = apart_malloc(size);
    if (old)
        _thimble_peek(block, old, size);
    return block;
}

static void *apart_memalign(size_t alignment, size_t size) {
    return alignment <= _Alignof(max_align_t) ? apart_malloc(size) : NULL;
}

static void apart_free(void *block) {
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

bool _thimble_observing(void) {
    return atomic_load_explicit(&mode, memory_order_relaxed) & OBSERVING;
}

bool _thimble_observed_all(void) {
    return observed_all;
}

uintptr_t _thimble_allocator(void) {
    return (uintptr_t)next.malloc;
}

/* Whether a block that is made now gets into the table, and out of it when it is
 * freed: what else defines malloc, all of the family or some, passes us by. The
 * size tells it from one that is still there as its freeing was not seen. */
static bool sees_blocks(void) {
    enum { SIZE = 1009 };
    void *probe = own_malloc(SIZE);
    uintptr_t address = (uintptr_t)probe;
    struct block seen;
    bool made = _thimble_table_take(address, &seen) && seen.size == SIZE;
    if (made)
        _thimble_table_put(&seen);
    own_free(probe);
    return made && !_thimble_table_take(address, &seen);
}

bool _thimble_observe(void) {
    if (is_watched())
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

static void *observe(void *made, size_t size) {
    if (!made)
        return NULL;
    _thimble_table_put(
        &(struct block){.address = (uintptr_t)made, .size = size, .number = _thimble_block_number});
    return made;
}

static void *observed(void *made, size_t size) {
    return _thimble_observing() ? observe(made, size) : made;
}

static APART void *observe_malloc(size_t size) {
    return observe(next.malloc(size), size);
}

static APART void *observe_calloc(size_t count, size_t size) {
    return observe(next.calloc(count, size), count * size);
}

static APART void observe_free(void *block) {
    if (is_lent(block))
        return;
    if (block && _thimble_observing())
        _thimble_table_release((uintptr_t)block);
    next.free(block);
}

/* Between the two calls of the table another thread may get the old address. A
 * block that foreign code moves keeps its site. */
static void *observe_resizing(void *old, size_t size) {
    struct block block;
    bool known = _thimble_table_take((uintptr_t)old, &block);
    void *resized = next.realloc(old, size);
    if (!resized) {
        /* Of size 0 it was freed. */
        if (known && size)
            _thimble_table_put(&block);
        else if (known)
            _thimble_table_released(&block);
        return NULL;
    }
    if (!known)
        return observe(resized, size);
    if (resized != old)
        _thimble_table_released(&block);
    block.address = (uintptr_t)resized;
    block.size = size;
    _thimble_table_put(&block);
    return resized;
}

static APART void *observe_realloc(void *old, size_t size) {
    if (is_lent(old))
        return copy_of_lent(old, size);
    if (!_thimble_observing())
        return next.realloc(old, size);
    return old ? observe_resizing(old, size) : observe(next.realloc(NULL, size), size);
}

/* ---- The first calls ---- */

/* True: libc can be asked. False: it is the dynamic linker that asks for memory
 * while it is being asked. */
static bool ready(void) {
    if (resolving)
        return false;
    resolve();
    return true;
}

static void *first_malloc(size_t size) {
    return ready() ? observed(next.malloc(size), size) : lend(size);
}

static void *first_calloc(size_t count, size_t size) {
    if (ready())
        return observed(next.calloc(count, size), count * size);
    return size && count > LOAN_SIZE / size ? NULL : lend(count * size);
}

static void *first_realloc(void *block, size_t size) {
    return ready() ? observe_realloc(block, size) : lend(size);
}

static void *first_memalign(size_t alignment, size_t size) {
    return ready() ? observed(next.memalign(alignment, size), size) : NULL;
}

static void *first_aligned_alloc(size_t alignment, size_t size) {
    return ready() ? observed(next.aligned_alloc(alignment, size), size) : NULL;
}

static int first_posix_memalign(void **block, size_t alignment, size_t size) {
    return ready() ? next.posix_memalign(block, alignment, size) : ENOMEM;
}

static void *first_valloc(size_t size) {
    return ready() ? observed(next.valloc(size), size) : NULL;
}

static void *first_pvalloc(size_t size) {
    return ready() ? observed(next.pvalloc(size), size) : NULL;
}

static void first_free(void *block) {
    if (ready())
        observe_free(block);
}

/* ---- The malloc family ---- */

static bool nothing_special(void) {
    return __builtin_expect(atomic_load_explicit(&mode, memory_order_relaxed) == 0, 1);
}

INTERPOSED void *malloc(size_t size) {
    return _thimble_observing() ? observe_malloc(size) : next.malloc(size);
}

INTERPOSED void *calloc(size_t count, size_t size) {
    return _thimble_observing() ? observe_calloc(count, size) : next.calloc(count, size);
}

INTERPOSED void *realloc(void *old, size_t size) {
    return nothing_special() ? next.realloc(old, size) : observe_realloc(old, size);
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
    return observed(next.aligned_alloc(alignment, size), size);
}

INTERPOSED void *memalign(size_t alignment, size_t size) {
    return observed(next.memalign(alignment, size), size);
}

INTERPOSED int posix_memalign(void **block, size_t alignment, size_t size) {
    int failed = next.posix_memalign(block, alignment, size);
    if (!failed && _thimble_observing())
        observe(*block, size);
    return failed;
}

INTERPOSED void *valloc(size_t size) {
    return observed(next.valloc(size), size);
}

INTERPOSED void *pvalloc(size_t size) {
    return observed(next.pvalloc(size), size);
}
