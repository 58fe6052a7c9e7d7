/* For MAP_ANONYMOUS. */
#define _GNU_SOURCE 1

#include "ledger.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "../base/arena.h"
#include "../base/kernel.h"
#include "../base/sort.h"
#include "../tracker/tracker.h"

struct amount {
    _Atomic uint64_t count, bytes;
};

struct ledger {
    uint32_t limit; /* trace numbers below it are sites that were known */
    uint32_t tests;
    struct amount elsewhere; /* at sites that came later */
    _Atomic uint64_t *peaks; /* of each test, + 1 */
    struct amount sites[];   /* by trace number, and behind them the peaks */
};

static struct ledger *ledger;

/* The test that is being counted, in the process that runs it: what one that it forks allocates
 * is not told. */
static uint32_t test;
static pid_t process;
static _Atomic bool counts;

static size_t size_of(uint32_t limit, uint32_t tests) {
    return sizeof(struct ledger) + limit * sizeof(struct amount) + tests * sizeof(uint64_t);
}

struct ledger *_thimble_ledger_open(uint32_t tests) {
    uint32_t limit = _thimble_trace_count();
    void *memory = mmap(NULL, size_of(limit, tests), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return NULL;
    ledger = memory;
    ledger->limit = limit;
    ledger->tests = tests;
    ledger->peaks = (_Atomic uint64_t *)(ledger->sites + limit);
    return ledger;
}

/* ---- Counting ---- */

void _thimble_ledger_begins(uint32_t number) {
    if (!ledger || number >= ledger->tests)
        return;
    test = number;
    process = kernel_process();
    _thimble_count_start();
    atomic_store(&counts, true);
}

static void add(struct amount *amount, const struct counted *counted) {
    atomic_fetch_add(&amount->count, counted->count);
    atomic_fetch_add(&amount->bytes, counted->bytes);
}

/* What foreign code allocates is nobody's site. */
static void add_all(const struct counted *sums, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        uint32_t site = sums[i].count ? _thimble_trace_site(i) : 0;
        if (site)
            add(site < ledger->limit ? &ledger->sites[site] : &ledger->elsewhere, &sums[i]);
    }
}

/* A test may have left no memory in its address space: then it stays unknown. */
void _thimble_ledger_ends(void) {
    if (!atomic_load(&counts) || kernel_process() != process || !atomic_exchange(&counts, false))
        return;
    uint32_t count = _thimble_trace_count();
    size_t now, peak, size = count * sizeof(struct counted);
    struct counted *sums =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (sums == MAP_FAILED)
        return;
    _thimble_count_sum(sums, count);
    _thimble_count_traced(&now, &peak);
    add_all(sums, count);
    munmap(sums, size);
    uint64_t before = atomic_load(&ledger->peaks[test]);
    if (peak + 1 > before)
        atomic_store(&ledger->peaks[test], peak + 1);
}

/* A test calls exit. */
__attribute__((destructor)) static void end(void) {
    _thimble_ledger_ends();
}

/* ---- Reading ---- */

bool _thimble_ledger_knows(const struct ledger *read, uint32_t number) {
    return atomic_load(&read->peaks[number]) > 0;
}

static struct memory_site describe(const struct ledger *read, uint32_t number) {
    struct trace trace = _thimble_trace_of(number);
    const struct thimble_site *site = &trace.unit->sites[trace.site];
    struct text type = _thimble_growing_text();
    _thimble_put_trace_type(&type, number);
    return (struct memory_site){
        .file = _thimble_plain_path(_thimble_string(trace.unit, site->file)),
        .line = site->line,
        .function = _thimble_trace_function(&trace),
        .type = type.data,
        .count = atomic_load(&read->sites[number].count),
        .size = atomic_load(&read->sites[number].bytes),
    };
}

_Static_assert(sizeof(struct memory_site) <= MOST_SORTED, "can be sorted");

static int by_line(const void *one, const void *other) {
    const struct memory_site *a = one, *b = other;
    int files = strcmp(a->file, b->file);
    return files ? files : (a->line > b->line) - (a->line < b->line);
}

static int by_size(const void *one, const void *other) {
    const struct memory_site *a = one, *b = other;
    if (a->size != b->size)
        return a->size < b->size ? 1 : -1;
    return a->count != b->count ? (a->count < b->count ? 1 : -1) : by_line(a, b);
}

/* Those of one line are one, whatever units hold a copy of it. */
static uint32_t join_lines(struct memory_site *sites, uint32_t count) {
    uint32_t joined = 0;
    _thimble_sort(sites, count, sizeof(*sites), by_line);
    for (uint32_t i = 0; i < count; i++) {
        if (joined == 0 || by_line(&sites[joined - 1], &sites[i]) != 0) {
            sites[joined++] = sites[i];
            continue;
        }
        sites[joined - 1].count += sites[i].count;
        sites[joined - 1].size += sites[i].size;
    }
    return joined;
}

struct memory_use *_thimble_ledger_read(const struct ledger *read, uint32_t most) {
    struct memory_use *use = _thimble_alloc(&_thimble_arena, sizeof *use);
    struct memory_site *sites = _thimble_alloc(&_thimble_arena, (read->limit + 1) * sizeof *sites);
    uint32_t count = 0;
    for (uint32_t i = 1; i < read->limit; i++)
        if (atomic_load(&read->sites[i].count))
            sites[count++] = describe(read, i);
    use->elsewhere.count = atomic_load(&read->elsewhere.count);
    use->elsewhere.size = atomic_load(&read->elsewhere.bytes);
    use->all = use->elsewhere;
    for (uint32_t i = 0; i < count; i++) {
        use->all.count += sites[i].count;
        use->all.size += sites[i].size;
    }
    use->site_count = join_lines(sites, count);
    _thimble_sort(sites, use->site_count, sizeof(*sites), by_size);
    use->sites = sites;
    use->shown = most < use->site_count ? most : use->site_count;
    for (uint32_t i = 0; i < read->tests; i++) {
        uint64_t peak = atomic_load(&read->peaks[i]);
        if (peak > 1 && peak - 1 > use->peak) {
            use->peak = peak - 1;
            use->peak_test = i;
        }
    }
    return use;
}
