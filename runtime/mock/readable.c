/* For dl_iterate_phdr. */
#define _GNU_SOURCE 1

#include "readable.h"

#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/auxv.h>

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

/* The program comes first, and is never unloaded. */
static int find_segments(struct dl_phdr_info *info, size_t size, void *unused) {
    (void)size, (void)unused;
    size_t count = 0;
    for (int i = 0; i < info->dlpi_phnum && count < MOST_SEGMENTS; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_R))
            continue;
        certain.starts[count] = info->dlpi_addr + segment->p_vaddr;
        certain.ends[count] = certain.starts[count] + segment->p_memsz;
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

/* How much is there for certain from the address on. */
static size_t certain_size(uintptr_t address) {
    if (!atomic_load_explicit(&certain.known, memory_order_acquire))
        find_out();
    for (size_t i = 0; i < certain.count; i++)
        if (address >= certain.starts[i] && address < certain.ends[i])
            return certain.ends[i] - address;
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    bool on_first_stack = here < certain.stack_end && certain.stack_end - here < LARGEST_STACK;
    return on_first_stack && address >= here && address < certain.stack_end
               ? certain.stack_end - address
               : 0;
}

/* Byte by byte: sanitizers watch the library's functions, and what stands behind
 * an unterminated buffer is fenced off. */
ptrdiff_t __attribute__((no_sanitize("address")))
_thimble_copy_certain_string(char *to, const char *address, size_t size) {
    size_t there = certain_size((uintptr_t)address);
    const volatile char *from = address;
    size = size < there ? size : there;
    for (size_t i = 0; i < size; i++)
        if (!(to[i] = from[i]))
            return (ptrdiff_t)i;
    return -1;
}
