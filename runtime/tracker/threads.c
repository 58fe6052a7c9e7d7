/* For gettid, tgkill and getdents64 by number. */
#define _GNU_SOURCE 1

#include "threads.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "../base/single.h"

/* How long to wait for one more thread to stop. */
#define PATIENCE_NS 100000000LL

/* Threads may be made while others are already held; each time there are fewer
 * that can make any. */
#define MOST_ROUNDS 100

static struct held_threads *_Atomic holding;
static _Atomic int held_signal;

static _Atomic bool hold;
/* How many are in the handler. */
static _Atomic int waiting;

static void nap(void) {
    nanosleep(&(struct timespec){.tv_nsec = 20000}, NULL);
}

static int thread_id(void) {
    return (int)syscall(SYS_gettid);
}

static struct held_thread *find_thread(const struct held_threads *threads, int id) {
    for (size_t i = 0; i < threads->count; i++) {
        if (threads->items[i].id == id)
            return &threads->items[i];
    }
    return NULL;
}

/* The kernel has put the thread's registers on the stack above this frame. */
static void wait_here(int number, siginfo_t *info, void *context) {
    (void)number, (void)info, (void)context;
    int saved = errno;
    atomic_fetch_add(&waiting, 1);
    struct held_threads *threads = atomic_load(&holding);
    struct held_thread *mine = threads ? find_thread(threads, thread_id()) : NULL;
    if (mine) {
        mine->self = (uintptr_t)pthread_self();
        atomic_store(&mine->frame, (uintptr_t)__builtin_frame_address(0));
        while (atomic_load(&hold))
            nap();
    }
    atomic_fetch_sub(&waiting, 1);
    errno = saved;
}

static bool is_ours(const struct sigaction *action) {
    return action->sa_flags & SA_SIGINFO && action->sa_sigaction == wait_here;
}

/* A real-time signal that the program does not use. The handler stays: a thread
 * that blocks the signal may get it long after. */
static bool take_signal(void) {
    struct sigaction old, ours = {.sa_sigaction = wait_here, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigfillset(&ours.sa_mask);
    for (int number = SIGRTMAX; number >= SIGRTMIN; number--) {
        if (sigaction(number, NULL, &old) != 0)
            continue;
        bool unused = !(old.sa_flags & SA_SIGINFO) && old.sa_handler == SIG_DFL;
        if (!is_ours(&old) && !(unused && sigaction(number, &ours, NULL) == 0))
            continue;
        atomic_store(&held_signal, number);
        return true;
    }
    return false;
}

/* Signals a thread that was not there before. False: there is no room for it. */
static bool signal_thread(void *context, int id) {
    struct held_threads *threads = context;
    if (id <= 0 || id == thread_id() || find_thread(threads, id))
        return true;
    if (threads->count == threads->capacity)
        return false;
    struct held_thread *added = &threads->items[threads->count];
    added->id = id;
    atomic_store(&added->frame, 0);
    threads->count++;
    if (syscall(SYS_tgkill, getpid(), id, atomic_load(&held_signal)) != 0)
        threads->count--; /* it is gone already */
    return true;
}

struct directory_entry {
    uint64_t inode;
    int64_t next;
    unsigned short size;
    unsigned char type;
    char name[];
};

/* libc's readdir allocates. */
bool _thimble_each_thread(int tasks, bool (*visit)(void *context, int id), void *context) {
    _Alignas(struct directory_entry) char entries[2048];
    long size;
    while ((size = syscall(SYS_getdents64, tasks, entries, sizeof(entries))) > 0) {
        for (long at = 0; at < size;) {
            const struct directory_entry *entry = (const void *)(entries + at);
            if (!visit(context, (int)strtol(entry->name, NULL, 10)))
                return false;
            at += entry->size;
        }
    }
    return size == 0;
}

static bool is_gone(const struct held_thread *thread) {
    return syscall(SYS_tgkill, getpid(), thread->id, 0) != 0;
}

static long long nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static bool wait_for(struct held_thread *thread) {
    long long until = nanoseconds() + PATIENCE_NS;
    while (!atomic_load(&thread->frame) && !is_gone(thread)) {
        if (nanoseconds() > until)
            return false;
        nap();
    }
    return true;
}

static bool hold_all(struct held_threads *threads, int tasks) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
        size_t known = threads->count;
        if (lseek(tasks, 0, SEEK_SET) != 0 || !_thimble_each_thread(tasks, signal_thread, threads))
            return false;
        if (threads->count == known)
            return true;
        for (size_t i = known; i < threads->count; i++) {
            if (!wait_for(&threads->items[i]))
                return false;
        }
    }
    return false;
}

/* The folder of threads has a link from each, besides its own two. */
static bool is_only_one(int tasks) {
    struct stat status;
    return fstat(tasks, &status) == 0 && status.st_nlink == 3;
}

static bool hold_others(struct held_threads *threads, int tasks) {
    if (is_only_one(tasks))
        return true;
    if (!take_signal())
        return false;
    atomic_store(&hold, true);
    atomic_store(&holding, threads);
    return hold_all(threads, tasks);
}

bool _thimble_hold_threads(struct held_threads *threads) {
    threads->count = 0;
    if (_thimble_surely_single())
        return true;
    int tasks = open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (tasks < 0)
        return false;
    bool held = hold_others(threads, tasks);
    close(tasks);
    if (!held)
        _thimble_let_threads_go(threads);
    return held;
}

void _thimble_let_threads_go(struct held_threads *threads) {
    atomic_store(&holding, NULL);
    atomic_store(&hold, false);
    /* Their records may go only when nobody looks at them any more. */
    while (atomic_load(&waiting) > 0)
        nap();
    threads->count = 0;
}
