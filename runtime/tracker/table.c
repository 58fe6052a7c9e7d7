#include "table.h"

#include "../base/hot.h"

#include <errno.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/mman.h>

/* Each shard is a table with open addressing and linear probing, at most three
 * quarters full, that closes the gap where a block is taken out, so that it never
 * fills up with marks. */
#define SHARD_BITS 6
#define SHARDS (1 << SHARD_BITS)
#define FIRST_BITS 5

_Static_assert(SHARDS <= 64, "a bit each in `frozen`");

/* Releases that a shard remembers. */
#define RELEASES 8

struct shard {
    /* The thread that uses the shard, by its `self`; 0 for none. Guards the rest. */
    _Alignas(64) _Atomic uintptr_t owner;
    uint32_t bits; /* 1 << bits slots; 0 before the first */
    size_t count;
    struct block *slots;    /* address 0: empty */
    uint32_t release_count; /* ever; the newest ones stand in `releases` */
    struct release releases[RELEASES];
};

static struct shard shards[SHARDS];

/* What a small program needs takes no mapping. */
static struct block first_slots[SHARDS][1 << FIRST_BITS];

_Atomic uint32_t _thimble_block_number HOT;

static _Atomic uint64_t dropped;

__thread struct release _thimble_release __attribute__((tls_model("initial-exec")));

/* Two threads may give one number: then either release was the last. */
static _Atomic uint32_t release_order;

/* Its address tells threads apart. In the static block: it must be there before
 * the first malloc and never call it. */
static __thread char self __attribute__((tls_model("initial-exec")));

/* The thread that holds all the locks, or 0. */
static _Atomic uintptr_t frozen_by;
/* A bit for each lock that it took itself; one that it had already is a signal
 * handler's, which interrupted the rest of its thread in there. */
static uint64_t frozen;

/* ---- Locks ---- */

/* Not 0 while the process has a single thread, for certain; absent before glibc
 * 2.32 and in musl. */
extern char __libc_single_threaded __attribute__((weak));

bool _thimble_table_alone(void) {
    return &__libc_single_threaded && __libc_single_threaded;
}

static void wait_for(struct shard *shard, uintptr_t me) {
    for (;;) {
        for (int spins = 0; spins < 100; spins++) {
            uintptr_t none = 0;
            if (atomic_load_explicit(&shard->owner, memory_order_relaxed) == 0 &&
                atomic_compare_exchange_weak_explicit(&shard->owner, &none, me,
                                                      memory_order_acquire, memory_order_relaxed))
                return;
        }
        sched_yield();
    }
}

static bool is_frozen(const struct shard *shard) {
    return frozen >> (shard - shards) & 1;
}

/* False where a signal handler has interrupted its own thread in the shard. */
static bool lock(struct shard *shard) {
    uintptr_t me = (uintptr_t)&self;
    uintptr_t owner = atomic_load_explicit(&shard->owner, memory_order_relaxed);
    if (owner == me)
        return atomic_load_explicit(&frozen_by, memory_order_relaxed) == me && is_frozen(shard);
    if (owner == 0 && _thimble_table_alone()) {
        atomic_store_explicit(&shard->owner, me, memory_order_relaxed);
        atomic_signal_fence(memory_order_seq_cst);
        return true;
    }
    owner = 0;
    if (!atomic_compare_exchange_strong_explicit(&shard->owner, &owner, me, memory_order_acquire,
                                                 memory_order_relaxed))
        wait_for(shard, me);
    return true;
}

static void unlock(struct shard *shard) {
    if (atomic_load_explicit(&frozen_by, memory_order_relaxed) != (uintptr_t)&self ||
        !is_frozen(shard))
        atomic_store_explicit(&shard->owner, 0, memory_order_release);
}

/* A single thread takes no lock and writes nothing: around each fork that would make parent
 * and child copy all the pages that the shards are in. */
void _thimble_table_freeze(void) {
    uint64_t taken = 0;
    if (_thimble_table_alone())
        return;
    for (int i = 0; i < SHARDS; i++) {
        if (lock(&shards[i]))
            taken |= UINT64_C(1) << i;
    }
    frozen = taken;
    atomic_store_explicit(&frozen_by, (uintptr_t)&self, memory_order_relaxed);
}

void _thimble_table_thaw(void) {
    if (atomic_load_explicit(&frozen_by, memory_order_relaxed) == 0)
        return;
    atomic_store_explicit(&frozen_by, 0, memory_order_relaxed);
    for (int i = 0; i < SHARDS; i++) {
        if (frozen >> i & 1)
            atomic_store_explicit(&shards[i].owner, 0, memory_order_release);
    }
}

/* ---- Slots ---- */

/* Fibonacci hashing: the upper bits depend on all of the address. */
static uint64_t hash(uintptr_t address) {
    return ((uint64_t)address >> 3) * UINT64_C(0x9e3779b97f4a7c15);
}

static struct shard *shard_of(uintptr_t address) {
    return &shards[hash(address) >> (64 - SHARD_BITS)];
}

static size_t home(uintptr_t address, uint32_t bits) {
    return (size_t)(hash(address) << SHARD_BITS >> (64 - bits));
}

/* The block's slot, or the empty one that it would get. */
static struct block *find(const struct shard *shard, uintptr_t address) {
    size_t mask = ((size_t)1 << shard->bits) - 1;
    size_t i = home(address, shard->bits);
    while (shard->slots[i].address != address && shard->slots[i].address != 0)
        i = (i + 1) & mask;
    return &shard->slots[i];
}

static size_t slots_size(uint32_t bits) {
    return sizeof(struct block) << bits;
}

static bool full(const struct shard *shard) {
    return shard->count >= ((size_t)3 << shard->bits) / 4;
}

static void release_slots(struct shard *shard) {
    if (shard->bits > FIRST_BITS)
        munmap(shard->slots, slots_size(shard->bits));
}

/* Twice the slots. Where the system has no memory, the last empty ones but one are
 * used up before a block is dropped: a probe ends at an empty slot. */
static bool grow(struct shard *shard) {
    int saved = errno;
    struct shard larger = {.bits = shard->bits + 1, .count = shard->count};
    larger.slots = mmap(NULL, slots_size(larger.bits), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (larger.slots == MAP_FAILED) {
        errno = saved;
        return shard->count + 1 < (size_t)1 << shard->bits;
    }
    for (size_t i = 0; i < (size_t)1 << shard->bits; i++) {
        if (shard->slots[i].address)
            *find(&larger, shard->slots[i].address) = shard->slots[i];
    }
    release_slots(shard);
    shard->bits = larger.bits;
    shard->slots = larger.slots;
    return true;
}

static bool has_room(struct shard *shard) {
    if (!shard->slots) {
        shard->bits = FIRST_BITS;
        shard->slots = first_slots[shard - shards];
    }
    return !full(shard) || grow(shard);
}

/* Empties a slot and moves back those that a probe would no longer find. */
static void remove_slot(struct shard *shard, size_t gap) {
    size_t mask = ((size_t)1 << shard->bits) - 1;
    for (size_t i = (gap + 1) & mask; shard->slots[i].address; i = (i + 1) & mask) {
        size_t distance = (i - home(shard->slots[i].address, shard->bits)) & mask;
        if (distance < ((i - gap) & mask))
            continue;
        shard->slots[gap] = shard->slots[i];
        gap = i;
    }
    shard->slots[gap].address = 0;
    shard->count--;
}

/* ---- The table ---- */

static bool drop(void) {
    atomic_fetch_add_explicit(&dropped, 1, memory_order_relaxed);
    return false;
}

/* Whoever looks for leaks need not look at all where there is nothing new. */
static _Atomic uint32_t newest_named HOT;

uint32_t _thimble_table_newest_named(void) {
    return atomic_load_explicit(&newest_named, memory_order_relaxed);
}

static void note_named(const struct block *block) {
    if (block->unit && block->number > _thimble_table_newest_named())
        atomic_store_explicit(&newest_named, block->number, memory_order_relaxed);
}

bool _thimble_table_put(const struct block *block) {
    struct shard *shard = shard_of(block->address);
    note_named(block);
    if (!lock(shard))
        return drop();
    bool room = has_room(shard);
    if (room) {
        struct block *slot = find(shard, block->address);
        shard->count += slot->address == 0;
        *slot = *block;
    }
    unlock(shard);
    return room || drop();
}

/* The slot of a block that is there, or null. */
static struct block *find_block(struct shard *shard, uintptr_t address) {
    struct block *slot = shard->slots ? find(shard, address) : NULL;
    return slot && slot->address ? slot : NULL;
}

bool _thimble_table_take(uintptr_t address, struct block *taken) {
    struct shard *shard = shard_of(address);
    if (!lock(shard))
        return drop();
    struct block *slot = find_block(shard, address);
    if (slot) {
        *taken = *slot;
        remove_slot(shard, (size_t)(slot - shard->slots));
    }
    unlock(shard);
    return slot;
}

/* ---- Releases ---- */

/* Whose release it is was said by this thread just before, or it is foreign code's. */
static void remember(struct shard *shard, const struct block *block) {
    struct release *release = &shard->releases[shard->release_count++ % RELEASES];
    uint32_t order = atomic_load_explicit(&release_order, memory_order_relaxed) + 1;
    atomic_store_explicit(&release_order, order, memory_order_relaxed);
    bool named = _thimble_release.inverted == ~block->address;
    release->inverted = ~block->address;
    release->unit = named ? _thimble_release.unit : NULL;
    release->site = _thimble_release.site;
    release->size = block->size < UINT32_MAX ? (uint32_t)block->size : UINT32_MAX;
    release->order = order;
    if (named)
        _thimble_release.inverted = 0;
}

bool _thimble_table_release(uintptr_t address) {
    struct shard *shard = shard_of(address);
    if (!lock(shard))
        return drop();
    struct block *slot = find_block(shard, address);
    if (slot) {
        remember(shard, slot);
        remove_slot(shard, (size_t)(slot - shard->slots));
    }
    unlock(shard);
    return slot;
}

void _thimble_table_released(const struct block *block) {
    struct shard *shard = shard_of(block->address);
    if (!lock(shard))
        return;
    remember(shard, block);
    unlock(shard);
}

/* One byte at least: its address is all that a block of none has. */
static bool was_in(const struct release *release, uintptr_t address) {
    return release->inverted && address - ~release->inverted < release->size + !release->size;
}

bool _thimble_table_find_release(uintptr_t address, struct release *found) {
    found->inverted = 0;
    for (int i = 0; i < SHARDS; i++) {
        if (!lock(&shards[i]))
            continue;
        for (int j = 0; j < RELEASES; j++) {
            const struct release *release = &shards[i].releases[j];
            bool later = !found->inverted || (int32_t)(release->order - found->order) > 0;
            if (later && was_in(release, address))
                *found = *release;
        }
        unlock(&shards[i]);
    }
    return found->inverted;
}

/* ---- Looking ---- */

struct search {
    uintptr_t address;
    struct block *found;
};

static bool visit_block(void *context, const struct block *block) {
    const struct search *search = context;
    if (search->address - block->address >= block->size)
        return true;
    *search->found = *block;
    return false;
}

bool _thimble_table_find(uintptr_t address, struct block *found) {
    struct shard *shard = shard_of(address);
    found->address = 0;
    if (!lock(shard))
        return false;
    if (shard->slots)
        *found = *find(shard, address);
    unlock(shard);
    return found->address;
}

bool _thimble_table_search(uintptr_t address, struct block *found) {
    if (!_thimble_table_find(address, found))
        _thimble_table_each(visit_block, &(struct search){address, found});
    return found->address;
}

bool _thimble_table_name(const struct block *name) {
    struct shard *shard = shard_of(name->address);
    if (!lock(shard))
        return drop();
    struct block *slot = find_block(shard, name->address);
    if (slot) {
        slot->unit = name->unit;
        slot->site = name->site;
        if (name->size != THIMBLE_SIZE_UNKNOWN)
            slot->size = name->size;
        note_named(slot);
    }
    unlock(shard);
    return slot;
}

static bool each_in(const struct shard *shard, bool (*visit)(void *, const struct block *),
                    void *context) {
    for (size_t i = 0; shard->slots && i < (size_t)1 << shard->bits; i++) {
        if (shard->slots[i].address && !visit(context, &shard->slots[i]))
            return false;
    }
    return true;
}

void _thimble_table_each(bool (*visit)(void *context, const struct block *), void *context) {
    bool more = true;
    for (int i = 0; i < SHARDS && more; i++) {
        if (!lock(&shards[i]))
            continue;
        more = each_in(&shards[i], visit, context);
        unlock(&shards[i]);
    }
}

void _thimble_table_make_old(bool (*chosen)(uint32_t number)) {
    for (int i = 0; i < SHARDS; i++) {
        struct shard *shard = &shards[i];
        if (!lock(shard))
            continue;
        for (size_t j = 0; shard->slots && j < (size_t)1 << shard->bits; j++) {
            if (shard->slots[j].address && chosen(shard->slots[j].number))
                shard->slots[j].number = 0;
        }
        unlock(shard);
    }
}

void _thimble_table_clear(void) {
    for (int i = 0; i < SHARDS; i++) {
        struct shard *shard = &shards[i];
        if (!lock(shard))
            continue;
        release_slots(shard);
        for (size_t j = 0; j < (size_t)1 << FIRST_BITS; j++)
            first_slots[i][j].address = 0;
        shard->bits = 0;
        shard->count = 0;
        shard->slots = NULL;
        for (int j = 0; j < RELEASES; j++)
            shard->releases[j].inverted = 0;
        unlock(shard);
    }
}

size_t _thimble_table_count(void) {
    size_t count = 0;
    for (int i = 0; i < SHARDS; i++)
        count += shards[i].count;
    return count;
}

void _thimble_table_memory(void (*visit)(void *context, const void *start, size_t size),
                           void *context) {
    visit(context, first_slots, sizeof(first_slots));
    for (int i = 0; i < SHARDS; i++) {
        if (shards[i].bits > FIRST_BITS)
            visit(context, shards[i].slots, slots_size(shards[i].bits));
    }
}

uint64_t _thimble_table_dropped(void) {
    return atomic_load_explicit(&dropped, memory_order_relaxed);
}
