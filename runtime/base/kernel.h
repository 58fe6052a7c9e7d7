/* kernel.h: what each test's process asks of the kernel, all through libc's one function
 * `syscall`. After a fork a process has none of a library's code mapped, and each piece of it
 * that is called costs a page fault, which is most of what an empty test costs. */
#ifndef BASE_KERNEL_H
#define BASE_KERNEL_H

#include <signal.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* The size of the kernel's set of signals. */
#define KERNEL_SIGNALS (_NSIG / 8)

static inline pid_t kernel_process(void) {
    return (pid_t)syscall(SYS_getpid);
}

static inline pid_t kernel_thread(void) {
    return (pid_t)syscall(SYS_gettid);
}

static inline pid_t kernel_parent(void) {
    return (pid_t)syscall(SYS_getppid);
}

static inline void kernel_close(int file) {
    syscall(SYS_close, file);
}

/* As sigprocmask; either set may be null. */
static inline void kernel_mask(int how, const sigset_t *set, sigset_t *old) {
    syscall(SYS_rt_sigprocmask, how, set, old, (size_t)KERNEL_SIGNALS);
}

#endif
