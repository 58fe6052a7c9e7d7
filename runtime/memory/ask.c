/* For __WALL. */
#define _GNU_SOURCE 1

#include "ask.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../debug/apart.h"
#include "../registry/registry.h"

/* Seconds for one answer; the first takes reading the whole program. */
#define PATIENCE 5.0

/* The descriptor is out of the way of those that a program expects to get. */
enum { FIRST_OWN_DESCRIPTOR = 40 };

/* An answer that is longer is none. */
#define MOST_ANSWERED ((size_t)1024 * 1024)

/* ---- Starting ---- */

const char *_thimble_find_command(struct text *path) {
    const char *named = getenv("THIMBLE_COMMAND");
    if (named)
        return named;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next) {
        if (!unit->installation)
            continue;
        path->length = 0;
        _thimble_printf(path, "%s/bin/thimble", _thimble_string(unit, unit->installation->folder));
        if (!path->cut && access(path->data, X_OK) == 0)
            return path->data;
    }
    return "thimble";
}

static void __attribute__((noreturn)) run_command(const char *command, int line) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int nothing = open("/dev/null", O_WRONLY);
    dup2(line, STDIN_FILENO);
    dup2(line, STDOUT_FILENO);
    if (nothing >= 0)
        dup2(nothing, STDERR_FILENO);
    execlp(command, "thimble", "symbols", (char *)NULL);
    _exit(127);
}

/* Two ends of one line, out of the way of the descriptors that a program expects to get. A
 * socket, because a pipe whose other end is gone would end this process. */
static bool make_line(int ends[2]) {
    int low[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, low) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        ends[i] = fcntl(low[i], F_DUPFD_CLOEXEC, FIRST_OWN_DESCRIPTOR);
        close(low[i]);
    }
    if (ends[0] >= 0 && ends[1] >= 0)
        return true;
    close(ends[0]);
    close(ends[1]);
    return false;
}

static bool start(struct symbols *symbols) {
    char buffer[4096];
    struct text path = _thimble_text(buffer, sizeof(buffer));
    int ends[2];
    if (!make_line(ends))
        return false;
    const char *command = _thimble_find_command(&path);
    pid_t process = _thimble_fork_apart();
    if (process == 0)
        run_command(command, ends[1]);
    close(ends[1]);
    symbols->line = ends[0];
    symbols->process = process > 0 ? process : 0;
    if (process < 0)
        close(ends[0]);
    return process > 0;
}

void _thimble_leave_symbols(struct symbols *symbols) {
    if (symbols->process)
        close(symbols->line);
    symbols->process = 0;
    symbols->gone = true;
}

void _thimble_end_symbols(struct symbols *symbols) {
    pid_t process = symbols->process;
    bool gone = symbols->gone;
    _thimble_leave_symbols(symbols);
    symbols->gone = gone;
    if (process) {
        kill(-process, SIGKILL);
        kill(process, SIGKILL);
        waitpid(process, NULL, __WALL);
    }
}

/* ---- Asking ---- */

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Where the program's own file was replaced while it ran, the one that runs. */
static void put_module(struct text *question, const char *module) {
    static const char deleted[] = " (deleted)";
    char path[4096];
    if (*module) {
        _thimble_puts(question, module);
        return;
    }
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
    path[length > 0 ? length : 0] = '\0';
    if (length > 0 && !strstr(path, deleted))
        _thimble_puts(question, path);
    else
        _thimble_printf(question, "/proc/%d/exe", (int)getpid());
}

/* An empty line ends it. */
static bool is_whole(const char *answer, size_t length) {
    return length > 0 && answer[length - 1] == '\n' && (length == 1 || answer[length - 2] == '\n');
}

static bool ask(int line, const struct text *question) {
    size_t sent = 0;
    while (sent < question->length) {
        ssize_t more = send(line, question->data + sent, question->length - sent, MSG_NOSIGNAL);
        if (more < 0 && errno != EINTR)
            return false;
        sent += more > 0 ? (size_t)more : 0;
    }
    return true;
}

static bool read_more(int file, double deadline, struct text *answer) {
    char bytes[4096];
    struct pollfd awaited = {.fd = file, .events = POLLIN};
    double left = deadline - now();
    if (left <= 0 || poll(&awaited, 1, (int)(left * 1000) + 1) <= 0)
        return false;
    ssize_t got = read(file, bytes, sizeof(bytes));
    if (got > 0)
        _thimble_put(answer, bytes, (size_t)got);
    return got > 0;
}

static bool read_answer(int file, struct text *answer) {
    double deadline = now() + PATIENCE;
    size_t start = answer->length;
    while (!is_whole(answer->data + start, answer->length - start)) {
        if (answer->length - start > MOST_ANSWERED || !read_more(file, deadline, answer))
            return false;
    }
    answer->data[--answer->length] = '\0';
    return true;
}

bool _thimble_ask_symbols(struct symbols *symbols, const char *module, uint64_t address,
                          struct text *answer) {
    char buffer[8192];
    struct text question = _thimble_text(buffer, sizeof(buffer));
    if (symbols->gone)
        return false;
    put_module(&question, module);
    _thimble_printf(&question, " %llx\n", (unsigned long long)address);
    if (question.cut)
        return false;
    bool runs = symbols->process || start(symbols);
    if (runs && ask(symbols->line, &question) && read_answer(symbols->line, answer))
        return true;
    _thimble_end_symbols(symbols);
    symbols->gone = true;
    return false;
}
