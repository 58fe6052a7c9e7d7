/* For RTLD_NEXT. */
#define _GNU_SOURCE 1

#include "next.h"

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../base/peek.h"
#include "../base/text.h"
#include "interpose.h"
#include "shadow.h"

_Atomic unsigned _thimble_heap_mode;

void *(*volatile _thimble_own_malloc)(size_t) = malloc;
void *(*volatile _thimble_own_realloc)(void *, size_t) = realloc;
void (*volatile _thimble_own_free)(void *) = free;

/* ---- On loan ---- */

#define LOAN_ALIGNMENT 16
_Alignas(LOAN_ALIGNMENT) char _thimble_loan[LOAN_SIZE];
static _Atomic size_t lent;

static void *lend(size_t size) {
    atomic_fetch_or(&_thimble_heap_mode, HEAP_LENDING);
    if (size > LOAN_SIZE)
        return NULL;
    size_t rounded = (size + LOAN_ALIGNMENT) / LOAN_ALIGNMENT * LOAN_ALIGNMENT;
    size_t start = atomic_fetch_add(&lent, rounded);
    return start <= LOAN_SIZE - rounded ? _thimble_loan + start : NULL;
}

/* A block on loan doesn't know its size: whatever may belong to it is copied. */
void *_thimble_copy_lent(const void *block, size_t size) {
    void *copy = _thimble_own_malloc(size);
    size_t rest = (size_t)(_thimble_loan + LOAN_SIZE - (const char *)block);
    return copy ? memcpy(copy, block, size < rest ? size : rest) : NULL;
}

/* ---- The first calls ---- */

static void *first_malloc(size_t size) {
    return _thimble_next_ready() ? _thimble_own_malloc(size) : lend(size);
}

static void *first_calloc(size_t count, size_t size) {
    if (_thimble_next_ready())
        return calloc(count, size);
    return size && count > LOAN_SIZE / size ? NULL : lend(count * size);
}

static void *first_realloc(void *block, size_t size) {
    return _thimble_next_ready() ? _thimble_own_realloc(block, size) : lend(size);
}

static void *first_memalign(size_t alignment, size_t size) {
    return _thimble_next_ready() ? memalign(alignment, size) : NULL;
}

static void *first_aligned_alloc(size_t alignment, size_t size) {
    return _thimble_next_ready() ? aligned_alloc(alignment, size) : NULL;
}

static int first_posix_memalign(void **block, size_t alignment, size_t size) {
    return _thimble_next_ready() ? posix_memalign(block, alignment, size) : ENOMEM;
}

static void *first_valloc(size_t size) {
    return _thimble_next_ready() ? valloc(size) : NULL;
}

static void *first_pvalloc(size_t size) {
    return _thimble_next_ready() ? pvalloc(size) : NULL;
}

static void first_free(void *block) {
    if (_thimble_next_ready())
        _thimble_own_free(block);
}

struct next _thimble_next = {
    first_malloc,         first_calloc, first_realloc, first_memalign, first_aligned_alloc,
    first_posix_memalign, first_valloc, first_pvalloc, first_free,
};

/* ---- What libc does not have ---- */

static void *no_memalign(size_t alignment, size_t size) {
    return _thimble_next.aligned_alloc(alignment, size);
}

static void *memalign_instead(size_t alignment, size_t size) {
    return _thimble_next.memalign(alignment, size);
}

static int posix_memalign_instead(void **block, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0)
        return EINVAL;
    int saved = errno;
    void *made = _thimble_next.memalign(alignment, size);
    errno = saved;
    if (!made)
        return ENOMEM;
    *block = made;
    return 0;
}

static void *valloc_instead(size_t size) {
    return _thimble_next.memalign((size_t)sysconf(_SC_PAGESIZE), size);
}

static void *pvalloc_instead(size_t size) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return _thimble_next.memalign(page, (size + page - 1) / page * page);
}

/* ---- Looking up ---- */

/* Where there is no libdl to link with, libc's own names stand in. */
extern __typeof__(dlsym) dlsym __attribute__((weak));
extern void *__libc_malloc(size_t) __attribute__((weak));
extern void *__libc_calloc(size_t, size_t) __attribute__((weak));
extern void *__libc_realloc(void *, size_t) __attribute__((weak));
extern void *__libc_memalign(size_t, size_t) __attribute__((weak));
extern void __libc_free(void *) __attribute__((weak));

/* Makes a static link take libc's allocator, which then is the only one. */
__attribute__((used)) static size_t (*const keeps_libcs_allocator)(void *) = malloc_usable_size;

/* Each is there in a program that the sanitizer is linked into. */
extern char __asan_init __attribute__((weak)), __hwasan_init __attribute__((weak)),
    __lsan_init __attribute__((weak)), __memprof_init __attribute__((weak)),
    __msan_init __attribute__((weak)), __tsan_init __attribute__((weak));

static __thread bool resolving __attribute__((tls_model("initial-exec")));
static bool resolved;
/* Asking leaves a message of the dynamic linker's in the heap, which is to be no block of the
 * program's: so it is asked once, in the first call. */
static bool watched;

/* In a static program of glibc's dlsym crashes while the program is being set up;
 * it has libc's own names. */
static bool can_ask(void) {
    return dlsym && (getauxval(AT_BASE) != 0 || !__libc_malloc);
}

static bool is_sanitized(void) {
    return &__asan_init || &__hwasan_init || &__lsan_init || &__memprof_init || &__msan_init ||
           &__tsan_init;
}

/* A static link with musl, whose malloc nothing but its own name brings in. */
static void give_up(void) {
    static const char message[] = "thimble: finds no malloc of libc's behind its own: "
                                  "link libc as a shared library\n";
    _thimble_write(STDERR_FILENO, message, sizeof(message) - 1);
    abort();
}

/* Two blocks of the allocator's may be sixteen bytes apart, unless they can't. */
static void learn_smallest_block(void) {
    void *block = _thimble_next.malloc(1);
    if (block && malloc_usable_size(block) < 24)
        _thimble_smallest_block = 16;
    _thimble_next.free(block);
}

static void resolve(void) {
    resolving = true;
#define FIND(name, instead)                                                                        \
    do {                                                                                           \
        void *found = can_ask() ? dlsym(RTLD_NEXT, #name) : NULL;                                  \
        _thimble_next.name = found ? (__typeof__(_thimble_next.name))found : (instead);            \
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
    if (!_thimble_next.malloc || !_thimble_next.calloc || !_thimble_next.realloc ||
        !_thimble_next.free)
        give_up();
    watched = is_sanitized() || (can_ask() && dlsym(RTLD_DEFAULT, "_vgnU_freeres"));
    resolving = false;
    resolved = true;
    if (!watched)
        learn_smallest_block();
    _thimble_heap_begins();
}

bool _thimble_next_ready(void) {
    if (resolving)
        return false;
    if (!resolved)
        resolve();
    return true;
}

bool _thimble_heap_is_watched(void) {
    return is_sanitized() || !_thimble_next_ready() || watched;
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
    atomic_store(&_thimble_heap_mode, 0);
    _thimble_next.malloc = apart_malloc;
    _thimble_next.calloc = apart_calloc;
    _thimble_next.realloc = apart_realloc;
    _thimble_next.memalign = _thimble_next.aligned_alloc = apart_memalign;
    _thimble_next.free = apart_free;
}
