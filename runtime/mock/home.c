/* For syscall, and dl_iterate_phdr. */
#define _GNU_SOURCE 1

#include "home.h"

#include "../base/kernel.h"
#include "../base/peek.h"
#include <errno.h>
#include <limits.h>
#include <link.h>
#include <linux/futex.h>
#include <pthread.h>

/* ---- Stacks and threads ---- */

/* A thread's own descriptor lies at the upper end of its stack; above the first
 * thread's stack there is nothing. */
static bool is_on_stack(const void *object) {
    bool first = kernel_thread() == kernel_process();
    uintptr_t place = (uintptr_t)object;
    return place >= (uintptr_t)__builtin_frame_address(0) &&
           (first || place < (uintptr_t)pthread_self());
}

/* Whether a module's block of thread-local objects holds it, of this thread's. */
static int holds(struct dl_phdr_info *info, size_t size, void *object) {
    bool tells = size >= offsetof(struct dl_phdr_info, dlpi_tls_data) + sizeof info->dlpi_tls_data;
    uintptr_t block = tells ? (uintptr_t)info->dlpi_tls_data : 0;
    for (int i = 0; block && i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_TLS &&
            (uintptr_t)object - block < info->dlpi_phdr[i].p_memsz)
            return 1;
    return 0;
}

/* The number of a thread that has ended may be another's by now, but in another process. */
static bool has_ended(pid_t thread) {
    return thread != kernel_thread() && syscall(SYS_tgkill, kernel_process(), thread, 0) != 0 &&
           errno == ESRCH;
}

/* AddressSanitizer, where the program has it: it knows what is freed, and it keeps frames
 * elsewhere than on the stack. */
extern void *__asan_region_is_poisoned(void *, size_t) __attribute__((weak));

struct home _thimble_home(void *object, size_t size) {
    struct home home = {.object = object, .size = size};
    if (dl_iterate_phdr(holds, object))
        home.thread = kernel_thread();
    home.on_stack = !home.thread && is_on_stack(object);
    return home;
}

bool _thimble_is_home(const struct home *home, const void *alive) {
    unsigned char byte;
    const unsigned char *last = (const unsigned char *)home->object + home->size - 1;
    if (home->on_stack && (uintptr_t)home->object < (uintptr_t)alive)
        return false;
    if (home->thread && has_ended(home->thread))
        return false;
    if (!_thimble_peek(&byte, home->object, 1) || !_thimble_peek(&byte, last, 1))
        return false;
    return !__asan_region_is_poisoned || !__asan_region_is_poisoned(home->object, home->size);
}

/* ---- Memory that can be written to ---- */

/* The kernel adds 0 to a number there, and says whether it could. Nobody waits at `unused`, so
 * nobody is woken; at most a thread that waits at the object looks again. */
static bool can_add(uintptr_t place) {
    uint32_t unused = 0;
    uint32_t *number = (uint32_t *)(place - place % sizeof *number);
    int nothing = FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_LT, -2048);
    return syscall(SYS_futex, &unused, FUTEX_WAKE_OP_PRIVATE, 1, 0, number, nothing) >= 0 ||
           errno != EFAULT;
}

enum { PAGE = 4096 }; /* divides every page size */

bool _thimble_is_writable(const void *object, size_t size) {
    uintptr_t place = (uintptr_t)object, last = place + size - 1;
    int saved = errno;
    bool writable = can_add(last);
    for (; writable && place <= last; place = (place / PAGE + 1) * PAGE)
        writable = can_add(place);
    errno = saved;
    return writable;
}

void _thimble_fail_unwritable(struct place place, const char *text, const void *object,
                              const char *kind) {
    unsigned char byte;
    if (!_thimble_peek(&byte, object, 1))
        _thimble_fail_target(place, text, "there is no memory at the address of this %s", kind);
    _thimble_fail_target(place, text,
                         "this %s is in read-only memory: what it belongs to is const\n"
                         "  take the const away where that is defined, or replace what leads the "
                         "code there: a pointer to it, or a function",
                         kind);
}
