/* For prlimit and environ. */
#define _GNU_SOURCE 1

#include "surroundings.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../registry/reach.h"
#include "memory_file.h"
#include "streams.h"

#define LOOKED_AT 1024 /* descriptors */

static const int signals[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGTERM, SIGALRM,
                              SIGCHLD, SIGUSR1, SIGUSR2, SIGPIPE, SIGWINCH};
static const int limits[] = {RLIMIT_AS,    RLIMIT_DATA, RLIMIT_STACK,  RLIMIT_CORE,
                             RLIMIT_FSIZE, RLIMIT_CPU,  RLIMIT_NOFILE, RLIMIT_NPROC};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct variables {
    char **list;
    size_t count, capacity;
};

static struct {
    bool valid;
    int directory;
    int lowest_free;
    bool open[LOOKED_AT];
    struct variables variables;
    mode_t mask;
    sigset_t blocked;
    struct sigaction handlers[COUNT(signals)];
    struct rlimit limits[COUNT(limits)];
} kept;

/* ---- Descriptors ---- */

static int lowest_free(void) {
    int free = fcntl(STDIN_FILENO, F_DUPFD, 0);
    if (free >= 0)
        close(free);
    return free;
}

static void find_open(bool open[LOOKED_AT]) {
    struct pollfd list[LOOKED_AT];
    for (int i = 0; i < LOOKED_AT; i++)
        list[i] = (struct pollfd){.fd = i};
    /* More than the limit allows at once are refused. */
    for (int i = 0; i < LOOKED_AT; i += 128)
        poll(list + i, 128, 0);
    for (int i = 0; i < LOOKED_AT; i++)
        open[i] = !(list[i].revents & POLLNVAL);
}

static void keep_descriptors(void) {
    _thimble_keep_streams();
    int directory = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    int moved = fcntl(directory, F_DUPFD_CLOEXEC, FIRST_OWN_DESCRIPTOR);
    close(directory);
    if (kept.valid && kept.directory >= 0)
        close(kept.directory);
    kept.directory = moved;
    kept.lowest_free = lowest_free();
    find_open(kept.open);
}

static void restore_descriptors(void) {
    if (lowest_free() == kept.lowest_free)
        return;
    bool open[LOOKED_AT];
    find_open(open);
    for (int i = 3; i < LOOKED_AT; i++) {
        if (open[i] && !kept.open[i])
            close(i);
    }
}

/* ---- The environment ---- */

static void keep_variables(void) {
    struct variables *variables = &kept.variables;
    size_t count = 0;
    while (environ && environ[count])
        count++;
    if (count + 1 > variables->capacity) {
        variables->capacity = 2 * (count + 1);
        variables->list =
            _thimble_alloc(&_thimble_arena, variables->capacity * sizeof(*variables->list));
    }
    variables->count = count;
    for (size_t i = 0; i < count; i++)
        variables->list[i] = environ[i];
    variables->list[count] = NULL;
}

static bool variables_changed(void) {
    const struct variables *variables = &kept.variables;
    for (size_t i = 0; i <= variables->count; i++) {
        if (!environ || environ[i] != variables->list[i])
            return true;
    }
    return false;
}

/* In a list of its own: the C library may have freed the old one, and writes into this. */
static void restore_variables(void) {
    static struct variables restored;
    const struct variables *variables = &kept.variables;
    if (!variables_changed())
        return;
    if (restored.capacity < variables->capacity) {
        restored.capacity = variables->capacity;
        restored.list = _thimble_alloc(&_thimble_arena, restored.capacity * sizeof(*restored.list));
    }
    memcpy(restored.list, variables->list, (variables->count + 1) * sizeof(*restored.list));
    environ = restored.list;
}

/* ---- Signals and limits ---- */

static void keep_signals(void) {
    sigprocmask(SIG_BLOCK, NULL, &kept.blocked);
    for (size_t i = 0; i < COUNT(signals); i++)
        sigaction(signals[i], NULL, &kept.handlers[i]);
}

static bool same_handler(const struct sigaction *a, const struct sigaction *b) {
    return a->sa_flags == b->sa_flags && a->sa_handler == b->sa_handler;
}

static void restore_signals(void) {
    static const struct itimerval none;
    setitimer(ITIMER_REAL, &none, NULL);
    for (size_t i = 0; i < COUNT(signals); i++) {
        struct sigaction now;
        sigaction(signals[i], NULL, &now);
        if (!same_handler(&now, &kept.handlers[i]))
            sigaction(signals[i], &kept.handlers[i], NULL);
    }
    sigprocmask(SIG_SETMASK, &kept.blocked, NULL);
}

static void keep_limits(void) {
    for (size_t i = 0; i < COUNT(limits); i++)
        prlimit(0, limits[i], NULL, &kept.limits[i]);
}

static void restore_limits(void) {
    for (size_t i = 0; i < COUNT(limits); i++) {
        struct rlimit now;
        prlimit(0, limits[i], NULL, &now);
        if (now.rlim_cur != kept.limits[i].rlim_cur)
            prlimit(0, limits[i], &kept.limits[i], NULL);
    }
}

/* ---- All of it ---- */

static void keep(void) {
    keep_descriptors();
    keep_variables();
    keep_signals();
    keep_limits();
    kept.mask = umask(0);
    umask(kept.mask);
    kept.valid = true;
}

static bool renew = true;

void _thimble_renew_surroundings(void) {
    renew = true;
}

void _thimble_enter_surroundings(const struct session *session, const struct lane *lane,
                                 const struct test *test) {
    if (renew)
        keep();
    renew = false;
    if (_thimble_keeps_output(session, test))
        _thimble_streams_to(lane, _thimble_reaches(REACH_STREAMS));
    if (_thimble_reaches(REACH_SIGNALS))
        sigprocmask(SIG_SETMASK, &session->signals, NULL);
}

void _thimble_restore_surroundings(const struct session *session) {
    if (!kept.valid)
        return;
    if (_thimble_reaches(REACH_LIMITS))
        restore_limits();
    if (session->options->show_output)
        _thimble_streams_back();
    restore_descriptors();
    if (_thimble_reaches(REACH_FOLDER) && kept.directory >= 0 && fchdir(kept.directory) != 0)
        return;
    restore_variables();
    if (_thimble_reaches(REACH_SIGNALS))
        restore_signals();
    if (_thimble_reaches(REACH_MASK))
        umask(kept.mask);
}
