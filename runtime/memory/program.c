/* Any program: THIMBLE_MEMORY=FILE. The file is written when the program ends, on SIGUSR2, and
 * on a fatal signal; recording has begun with the first block (interpose.c, tracker.c). */
/* For gettid's and sigaltstack's names. */
#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../base/signal_stack.h"
#include "../tracker/counters.h"
#include "../tracker/interpose.h"
#include "output.h"
#include "piece.h"
#include "take.h"
#include "tracing.h"

/* In the object with the runner's main. */
extern const char thimble_is_test_program __attribute__((weak));

enum form { RAW, TEXT, JSON };

static struct {
    const char *name; /* as it was asked for; null: nothing is written */
    enum form form;
    uint32_t since;         /* the first block's number */
    pid_t process;          /* that it is the file of */
    _Atomic unsigned asked; /* how many were asked for with SIGUSR2 */
    _Atomic bool done;      /* at the end, in this process */
} file;

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

/* ---- Names ---- */

static bool ends_with(const char *name, const char *ending) {
    size_t length = strlen(name), end = strlen(ending);
    return length > end && strcmp(name + length - end, ending) == 0;
}

/* %p is the process. A process that was forked has a file of its own in any case: FILE.PID. A
 * number and a process go in front of .txt and .json. */
static void put_path(struct text *path, unsigned number) {
    const char *suffix = file.form == TEXT ? ".txt" : file.form == JSON ? ".json" : "";
    size_t length = strlen(file.name) - strlen(suffix);
    bool named = false;
    for (size_t i = 0; i < length; i++) {
        if (file.name[i] == '%' && file.name[i + 1] == 'p') {
            _thimble_printf(path, "%ld", (long)getpid());
            named = true;
            i++;
        } else {
            _thimble_put(path, file.name + i, 1);
        }
    }
    if (!named && getpid() != file.process)
        _thimble_printf(path, ".%ld", (long)getpid());
    if (number)
        _thimble_printf(path, ".%u", number);
    _thimble_puts(path, suffix);
}

/* ---- Writing ---- */

static bool write_raw(struct output *output, const void *context) {
    const struct snapshot *snapshot = context;
    _thimble_output_put(output, context, snapshot->size);
    return true;
}

static bool write_form(const char *path, const struct snapshot *snapshot, enum form form) {
    return _thimble_write_file(path,
                               form == TEXT   ? _thimble_write_text
                               : form == JSON ? _thimble_write_json
                                              : write_raw,
                               snapshot);
}

static bool write_now(const char *path, enum snapshot_reason reason, int signal, enum form form) {
    struct snapshot *snapshot = _thimble_take_snapshot(file.since, reason, signal);
    bool written = snapshot && write_form(path, snapshot, form);
    int error = errno;
    _thimble_drop_piece(snapshot);
    errno = error;
    if (!written)
        _thimble_complain("THIMBLE_MEMORY: %s: %s: what is live was not written", path,
                          strerror(error));
    return written;
}

static void write_at_end(void) {
    char buffer[4096];
    struct text path = _thimble_text(buffer, sizeof(buffer));
    if (!file.name || atomic_exchange(&file.done, true))
        return;
    put_path(&path, 0);
    write_now(path.data, SNAPSHOT_EXIT, 0, file.form);
}

/* ---- Signals ---- */

static void on_request(int signal) {
    static _Atomic bool told;
    char buffer[4096];
    struct text path = _thimble_text(buffer, sizeof(buffer));
    int saved = errno;
    put_path(&path, atomic_fetch_add(&file.asked, 1) + 1);
    if (write_now(path.data, SNAPSHOT_USR2, signal, file.form) && !atomic_exchange(&told, true))
        _thimble_complain("THIMBLE_MEMORY: wrote %s", path.data);
    errno = saved;
}

/* SA_RESETHAND: what comes next is the default. Where an instruction did it, that does it again. */
static void on_death(int signal, siginfo_t *info, void *context) {
    char buffer[4096];
    struct text path = _thimble_text(buffer, sizeof(buffer));
    (void)context;
    int saved = errno;
    if (!atomic_exchange(&file.done, true)) {
        put_path(&path, 0);
        if (file.form != RAW)
            _thimble_puts(&path, ".dump");
        write_now(path.data, SNAPSHOT_FATAL, signal, RAW);
    }
    if (info->si_code <= 0)
        syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), signal);
    errno = saved;
}

static bool is_default(int signal) {
    struct sigaction now;
    return sigaction(signal, NULL, &now) == 0 && !(now.sa_flags & SA_SIGINFO) &&
           now.sa_handler == SIG_DFL;
}

static void take_signals(void) {
    struct sigaction action = {.sa_handler = on_request, .sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    if (is_default(SIGUSR2))
        sigaction(SIGUSR2, &action, NULL);
    _thimble_give_signal_stack();
    action.sa_sigaction = on_death;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | (int)SA_RESETHAND;
    for (size_t i = 0; i < sizeof(fatal_signals) / sizeof(*fatal_signals); i++) {
        if (is_default(fatal_signals[i]))
            sigaction(fatal_signals[i], &action, NULL);
    }
}

/* ---- Beginning ---- */

/* Whether the file could be written, if it were now: nothing is left of it. */
static bool is_writable(const char *path) {
    char beside[4096];
    struct stat status;
    struct text name = _thimble_text(beside, sizeof(beside));
    bool is_there = stat(path, &status) == 0;
    if (is_there && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (is_there && !S_ISREG(status.st_mode))
        return access(path, W_OK) == 0;
    _thimble_printf(&name, "%s.%ld.new", path, (long)getpid());
    int opened = name.cut ? -1 : open(name.data, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (opened < 0) {
        errno = name.cut ? ENAMETOOLONG : errno;
        return false;
    }
    close(opened);
    unlink(name.data);
    return true;
}

static void check_frames(void) {
    const char *frames = getenv("THIMBLE_FRAMES");
    char *end;
    if (!frames)
        return;
    unsigned long count = strtoul(frames, &end, 10);
    if (end == frames || *end || count < 1 || count > MOST_FRAMES_KEPT)
        _thimble_complain("THIMBLE_FRAMES=%s: the number of frames is from 1 to %d", frames,
                          MOST_FRAMES_KEPT);
}

static bool begin_file(const char *name) {
    char buffer[4096];
    struct text path = _thimble_text(buffer, sizeof(buffer));
    file.form = ends_with(name, ".txt") ? TEXT : ends_with(name, ".json") ? JSON : RAW;
    file.process = getpid();
    file.name = name;
    put_path(&path, 0);
    if (!path.cut && is_writable(path.data))
        return true;
    _thimble_complain("THIMBLE_MEMORY: %s: %s: nothing will be written; name a file in a folder "
                      "that can be written to",
                      path.data, strerror(path.cut ? ENAMETOOLONG : errno));
    file.name = NULL;
    return false;
}

/* A copy, as the program may change its environment, which stays right where the program goes to
 * another folder. */
static const char *own_name(const char *name) {
    char buffer[4096] = "";
    size_t length = strlen(name) + 1;
    if (*name != '/' && getcwd(buffer, sizeof(buffer) - 1))
        strcat(buffer, "/");
    size_t before = strlen(buffer);
    char *copy = before + 1 < sizeof(buffer) ? _thimble_new_piece(before + length) : NULL;
    if (copy) {
        memcpy(copy, buffer, before);
        memcpy(copy + before, name, length);
    }
    return copy;
}

/* Before those of units, so that what these and the program leave to be done at the end is done
 * before. */
__attribute__((constructor(102))) static void begin(void) {
    const char *name = getenv("THIMBLE_MEMORY");
    if (!name || !*name)
        return;
    if (&thimble_is_test_program) {
        _thimble_complain("THIMBLE_MEMORY is for programs; a test program shows what it allocates "
                          "with --memory N");
        return;
    }
    if (!_thimble_memory_asked())
        return;
    int saved = errno;
    const char *own = own_name(name);
    check_frames();
    /* With frames the unwinder was opened before, which has blocks of its own. */
    file.since = _thimble_frames_kept() > 1 ? _thimble_counted_since : 0;
    _thimble_trace_since(file.since);
    if (own && begin_file(own)) {
        atexit(write_at_end);
        at_quick_exit(write_at_end);
        take_signals();
    }
    errno = saved;
}
