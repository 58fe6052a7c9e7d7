/* For dl_iterate_phdr and sbrk. */
#define _GNU_SOURCE 1

#include "readable.h"

#include "../base/peek.h"
#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <unistd.h>

enum { MOST_SEGMENTS = 8 };

/* Below the first thread's stack the system leaves more than this free: what is
 * nearer to its end than that is in it. */
#define LARGEST_STACK ((uintptr_t)64 * 1024 * 1024)

static struct {
    _Atomic bool known;
    size_t count;
    uintptr_t starts[MOST_SEGMENTS], ends[MOST_SEGMENTS];
    uintptr_t stack_end;
} certain;

/* Memory is there in whole pages, of at least that many bytes. */
static uintptr_t page_end(uintptr_t address) {
    const uintptr_t page = 4096;
    return (address + page - 1) / page * page;
}

/* The program comes first, and is never unloaded. */
static int find_segments(struct dl_phdr_info *info, size_t size, void *unused) {
    (void)size, (void)unused;
    size_t count = 0;
    for (int i = 0; i < info->dlpi_phnum && count < MOST_SEGMENTS; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_R))
            continue;
        certain.starts[count] = info->dlpi_addr + segment->p_vaddr;
        certain.ends[count] = page_end(certain.starts[count] + segment->p_memsz);
        count++;
    }
    certain.count = count;
    return 1;
}

/* Threads that do this at once write the same. */
static void find_out(void) {
    dl_iterate_phdr(find_segments, NULL);
    certain.stack_end = getauxval(AT_EXECFN); /* a string that stands at the very end */
    atomic_store_explicit(&certain.known, true, memory_order_release);
}

/* ---- The heap ---- */

/* From here on to where it ends now it has no holes. The lowest address in it that was
 * found to be readable: where it begins only the system knows. */
static _Atomic uintptr_t heap_start = UINTPTR_MAX;

static uintptr_t heap_end(void) {
    return (uintptr_t)sbrk(0);
}

/* What can be read between the program and the heap's end is the heap's. */
static void learn(uintptr_t address) {
    uintptr_t known = atomic_load_explicit(&heap_start, memory_order_relaxed);
    uintptr_t program_end = certain.count ? certain.ends[certain.count - 1] : UINTPTR_MAX;
    while (address < known && address >= program_end && address < heap_end())
        if (atomic_compare_exchange_weak(&heap_start, &known, address))
            return;
}

/* How much is there for certain from the address on. */
static size_t certain_size(uintptr_t address) {
    if (!atomic_load_explicit(&certain.known, memory_order_acquire))
        find_out();
    for (size_t i = 0; i < certain.count; i++)
        if (address >= certain.starts[i] && address < certain.ends[i])
            return certain.ends[i] - address;
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    bool on_first_stack = here < certain.stack_end && certain.stack_end - here < LARGEST_STACK;
    if (on_first_stack && address >= here && address < certain.stack_end)
        return certain.stack_end - address;
    if (address < atomic_load_explicit(&heap_start, memory_order_relaxed))
        return 0;
    uintptr_t end = heap_end();
    return address < end ? end - address : 0;
}

/* ---- Copying ---- */

/* AddressSanitizer's, where the program has it: the first byte that must not be used. */
extern void *__asan_region_is_poisoned(void *start, size_t size) __attribute__((weak));

static size_t usable_size(const char *start, size_t size) {
    const char *bad = &__asan_region_is_poisoned
                          ? __asan_region_is_poisoned((void *)(uintptr_t)start, size)
                          : NULL;
    return bad ? (size_t)(bad - start) : size;
}

/* Without the library's functions, which sanitizers watch. */
static void __attribute__((no_sanitize("address")))
copy(char *to, const volatile char *from, size_t size) {
    typedef uint64_t word __attribute__((aligned(1), may_alias));
    size_t at = 0;
    for (; at + sizeof(word) <= size; at += sizeof(word))
        *(word *)(to + at) = *(const volatile word *)(from + at);
    for (; at < size; at++)
        to[at] = from[at];
}

size_t _thimble_fetch(char *to, const char *address, size_t size) {
    uintptr_t start = (uintptr_t)address;
    if (certain_size(start) >= size) {
        size = usable_size(address, size);
        copy(to, address, size);
        return size;
    }
    size_t got = _thimble_peek(to, address, size);
    if (got)
        learn(start);
    return got;
}
