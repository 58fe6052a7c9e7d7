#define _GNU_SOURCE 1

#include "world.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMITS RLIM_NLIMITS
#define SIGNALS 65

extern char **environ;

static struct {
    char directory[PATH_MAX];
    size_t variables;
    mode_t mask;
    sigset_t signals;
    void (*handlers[SIGNALS])(int);
    struct rlimit limits[LIMITS];
} first;

static size_t count_variables(void) {
    size_t count = 0;
    while (environ && environ[count])
        count++;
    return count;
}

static mode_t current_mask(void) {
    mode_t mask = umask(0);
    umask(mask);
    return mask;
}

static void (*handler_of(int signal))(int) {
    struct sigaction action;
    return sigaction(signal, NULL, &action) == 0 ? action.sa_handler : SIG_DFL;
}

__attribute__((constructor)) static void look_at_the_world(void) {
    if (!getcwd(first.directory, sizeof(first.directory)))
        abort();
    first.variables = count_variables();
    first.mask = current_mask();
    sigprocmask(SIG_SETMASK, NULL, &first.signals);
    for (int i = 1; i < SIGNALS; i++)
        first.handlers[i] = handler_of(i);
    for (int i = 0; i < LIMITS; i++)
        getrlimit((__rlimit_resource_t)i, &first.limits[i]);
}

static void check_place(void) {
    char directory[PATH_MAX];
    assert(getcwd(directory, sizeof(directory)));
    assert(strcmp(directory, first.directory) == 0);
    assert(getenv("NASTY_RUN"));
    assert(count_variables() == first.variables);
    assert(current_mask() == first.mask);
}

/* Faults' handlers may be the runner's, and in a process of many tests others, too. */
static int is_runners(int signal) {
    const char *isolate = getenv("NASTY_ISOLATE");
    return signal == SIGSEGV || signal == SIGBUS || signal == SIGILL || signal == SIGFPE ||
           signal == SIGABRT || (isolate && strcmp(isolate, "test") != 0);
}

static void check_signals(void) {
    sigset_t signals;
    sigprocmask(SIG_SETMASK, NULL, &signals);
    for (int i = 1; i < SIGNALS; i++) {
        assert(sigismember(&signals, i) == sigismember(&first.signals, i));
        if (!is_runners(i))
            assert(handler_of(i) == first.handlers[i]);
        assert(handler_of(i) != SIG_IGN || first.handlers[i] == SIG_IGN);
    }
    struct itimerval timer;
    assert(getitimer(ITIMER_REAL, &timer) == 0);
    assert(timer.it_value.tv_sec == 0 && timer.it_value.tv_usec == 0);
}

static void check_limits(void) {
    for (int i = 0; i < LIMITS; i++) {
        struct rlimit limit;
        getrlimit((__rlimit_resource_t)i, &limit);
        assert(limit.rlim_cur == first.limits[i].rlim_cur);
        assert(limit.rlim_max == first.limits[i].rlim_max);
    }
}

/* The nasty ones open /dev/zero. */
static void check_descriptors(void) {
    struct stat zero, status;
    char byte;
    assert(stat("/dev/zero", &zero) == 0);
    assert(read(STDIN_FILENO, &byte, 1) == 0);
    assert(fcntl(STDOUT_FILENO, F_GETFD) == 0);
    assert(fcntl(STDERR_FILENO, F_GETFD) == 0);
    assert((fcntl(STDOUT_FILENO, F_GETFL) & O_NONBLOCK) == 0);
    for (int fd = 3; fd < 1024; fd++) {
        if (fstat(fd, &status) == 0)
            assert(!S_ISCHR(status.st_mode) || status.st_rdev != zero.st_rdev);
    }
}

static size_t count_threads(void) {
    DIR *folder = opendir("/proc/self/task");
    size_t count = 0;
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        count += entry->d_name[0] != '.';
    if (folder)
        closedir(folder);
    return count;
}

static void check_processes(void) {
    errno = 0;
    assert(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
    assert(count_threads() == 1);
    assert(getppid() > 1);
}

void check_world(void) {
    check_place();
    check_signals();
    check_limits();
    check_descriptors();
    check_processes();
}

void hang(void) {
    for (;;)
        pause();
}

void ignore_all_signals(void) {
    sigset_t all;
    sigfillset(&all);
    for (int i = 1; i < SIGNALS; i++)
        signal(i, SIG_IGN);
    sigprocmask(SIG_BLOCK, &all, NULL);
}

void unreachable(void) {
    static const char what[] = "somebody got where nobody gets\n";
    (void)!write(STDERR_FILENO, what, sizeof(what) - 1);
    _exit(66);
}
