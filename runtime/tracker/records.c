#include "records.h"

#include <errno.h>
#include <sched.h>
#include <sys/mman.h>

#include "shadow.h"

/* Chunk k holds FIRST << k records. */
#define FIRST_BITS 8
#define CHUNKS 20

static struct record *_Atomic chunks[CHUNKS];
static uint32_t used = 1;  /* numbers below were given once */
static uint32_t free_list; /* guarded by the lock, as `used` */

/* The thread that has the lock, by its `self`; 0 for none. */
static _Atomic uintptr_t owner;
static __thread char self __attribute__((tls_model("initial-exec")));

bool _thimble_records_lock(void) {
    uintptr_t me = (uintptr_t)&self, none = 0;
    if (atomic_load_explicit(&owner, memory_order_relaxed) == me)
        return false;
    for (int spins = 0; !atomic_compare_exchange_weak_explicit(
             &owner, &none, me, memory_order_acquire, memory_order_relaxed);
         none = 0) {
        if (++spins % 100 == 0)
            sched_yield();
    }
    return true;
}

void _thimble_records_unlock(void) {
    atomic_store_explicit(&owner, 0, memory_order_release);
}

static unsigned chunk_of(uint32_t i) {
    return 31u - (unsigned)__builtin_clz((i >> FIRST_BITS) + 1);
}

static size_t chunk_size(unsigned chunk) {
    return sizeof(struct record) << (FIRST_BITS + chunk);
}

struct record *_thimble_record_at(uint32_t i) {
    unsigned chunk = chunk_of(i);
    struct record *records =
        i && chunk < CHUNKS ? atomic_load_explicit(&chunks[chunk], memory_order_acquire) : NULL;
    uint32_t before = ((UINT32_C(1) << chunk) - 1) << FIRST_BITS;
    return records ? &records[i - before] : NULL;
}

static bool make_chunk(unsigned chunk) {
    int saved = errno;
    if (chunk >= CHUNKS)
        return false;
    void *made = mmap(NULL, chunk_size(chunk), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    errno = saved;
    if (made == MAP_FAILED)
        return false;
    atomic_store_explicit(&chunks[chunk], made, memory_order_release);
    return true;
}

uint32_t _thimble_record_new(void) {
    uint32_t i = free_list;
    if (i) {
        struct record *record = _thimble_record_at(i);
        free_list = atomic_load_explicit(&record->next, memory_order_relaxed);
        *record = (struct record){.flags = 0};
        return i;
    }
    if (used == MOST_TRACES || (!_thimble_record_at(used) && !make_chunk(chunk_of(used))))
        return 0;
    return used++;
}

void _thimble_record_free(uint32_t i) {
    atomic_store_explicit(&_thimble_record_at(i)->next, free_list, memory_order_relaxed);
    free_list = i;
}

void _thimble_records_clear(void) {
    if (!_thimble_records_lock())
        return;
    used = 1;
    free_list = 0;
    for (unsigned chunk = 0; chunk < CHUNKS && chunks[chunk]; chunk++)
        madvise(chunks[chunk], chunk_size(chunk), MADV_DONTNEED);
    _thimble_records_unlock();
}

void _thimble_records_memory(void (*visit)(void *context, const void *start, size_t size),
                             void *context) {
    for (unsigned chunk = 0; chunk < CHUNKS; chunk++)
        if (chunks[chunk])
            visit(context, chunks[chunk], chunk_size(chunk));
}
