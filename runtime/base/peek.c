/* For process_vm_readv, pipe2 and syscall. */
#define _GNU_SOURCE 1

#include "peek.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* The kernel gives up at the first piece that it can't read whole, so pieces end
 * where pages do. 4096 divides every page size. */
#define PAGE ((size_t)4096)
#define PIECES 16

/* Set once process_vm_readv was found to be forbidden (a sandbox) or missing. */
static _Atomic bool through_pipe;

static size_t to_page_end(uintptr_t address, size_t size) {
    size_t rest = PAGE - address % PAGE;
    return size < rest ? size : rest;
}

/* Up to PIECES pages in one call. -1 where the call does not work at all. */
static ptrdiff_t read_directly(char *to, uintptr_t address, size_t size) {
    struct iovec pieces[PIECES];
    size_t count = 0, total = 0;
    while (count < PIECES && total < size) {
        size_t length = to_page_end(address + total, size - total);
        pieces[count++] = (struct iovec){(void *)(address + total), length};
        total += length;
    }
    struct iovec local = {to, total};
    ssize_t got = process_vm_readv(getpid(), &local, 1, pieces, count, 0);
    if (got >= 0)
        return got;
    return errno == EPERM || errno == ENOSYS ? -1 : 0;
}

/* A write from memory that is not there fails with EFAULT. A page fits into an
 * empty pipe. Sanitizers have their own `write`, which would look at the memory. */
static size_t read_through_pipe(char *to, uintptr_t address, size_t size) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return 0;
    ssize_t got = syscall(SYS_write, ends[1], (const void *)address, to_page_end(address, size));
    if (got > 0)
        got = read(ends[0], to, (size_t)got);
    close(ends[0]);
    close(ends[1]);
    return got > 0 ? (size_t)got : 0;
}

static size_t read_some(char *to, uintptr_t address, size_t size) {
    if (!atomic_load_explicit(&through_pipe, memory_order_relaxed)) {
        ptrdiff_t got = read_directly(to, address, size);
        if (got >= 0)
            return (size_t)got;
        atomic_store_explicit(&through_pipe, true, memory_order_relaxed);
    }
    return read_through_pipe(to, address, size);
}

/* AddressSanitizer's, where the program has it: the first byte that must not be used. */
extern void *__asan_region_is_poisoned(void *start, size_t size) __attribute__((weak));

static size_t usable_size(uintptr_t start, size_t size) {
    if (size > UINTPTR_MAX - start)
        size = UINTPTR_MAX - start;
    uintptr_t bad = &__asan_region_is_poisoned && size
                        ? (uintptr_t)__asan_region_is_poisoned((void *)start, size)
                        : 0;
    return bad ? bad - start : size;
}

size_t _thimble_peek(void *to, const void *address, size_t size) {
    int saved = errno;
    uintptr_t start = (uintptr_t)address;
    size = usable_size(start, size);
    size_t done = 0;
    while (done < size) {
        size_t got = read_some((char *)to + done, start + done, size - done);
        if (got == 0)
            break;
        done += got;
    }
    errno = saved;
    return done;
}

ptrdiff_t _thimble_peek_string(char *to, const char *address, size_t size, int *ended) {
    *ended = 0;
    if (size == 0)
        return -1;
    size_t length = 0;
    /* Most strings are short: begin with little, go on with more. */
    for (size_t step = 128; length < size - 1; step *= 4) {
        size_t wanted = step < size - 1 - length ? step : size - 1 - length;
        size_t got = _thimble_peek(to + length, address + length, wanted);
        const char *end = memchr(to + length, '\0', got);
        if (end) {
            *ended = 1;
            return end - to;
        }
        length += got;
        if (got < wanted)
            break;
    }
    to[length] = '\0';
    if (length > 0)
        return (ptrdiff_t)length;
    char first;
    bool readable = _thimble_peek(&first, address, 1) == 1;
    *ended = readable && first == '\0';
    return readable ? 0 : -1;
}
