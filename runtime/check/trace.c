/* For dladdr, dl_iterate_phdr, syscall and __WALL. */
#define _GNU_SOURCE 1

#include "trace.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../base/text.h"
#include "../base/unwinder.h"
#include "../registry/registry.h"
#include "../tracker/interpose.h"

/* How many frames are kept from each end, and how many different ones are told apart
 * between. */
enum { FIRST = 16, LAST = 16, DIFFERENT = 64, DEEPEST = 1 << 20 };

/* For a process that walks the stack, in tenths of a millisecond. */
#define PATIENCE 20000

/* A static program must not get it, and a warning, from us. */
extern __typeof__(dladdr) dladdr __attribute__((weak));

struct counted {
    uintptr_t address;
    uint32_t count;
};

struct walk {
    const struct trace_request *request;
    bool complete; /* the frame that called the test's code was reached */
    uint32_t count;
    uintptr_t first[FIRST];
    uintptr_t last[LAST]; /* frame number i is at (i - FIRST) % LAST */
    struct counted between[DIFFERENT];
    size_t between_count;
};

/* ---- Modules ---- */

struct module {
    uintptr_t address; /* somewhere in it */
    uintptr_t bias;    /* what was added to the linker's addresses */
    const char *name;  /* null where there is none; "" is the program */
    bool has_units;
    uint32_t passed;
};

static bool holds(const struct dl_phdr_info *info, uintptr_t address) {
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        uintptr_t start = info->dlpi_addr + segment->p_vaddr;
        if (segment->p_type == PT_LOAD && address >= start && address - start < segment->p_memsz)
            return true;
    }
    return false;
}

/* The program comes first. */
static int visit_module(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    struct module *module = data;
    if (!holds(info, module->address)) {
        module->passed++;
        return 0;
    }
    module->bias = info->dlpi_addr;
    module->name = module->passed ? info->dlpi_name : "";
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        module->has_units |= holds(info, (uintptr_t)unit->object);
    return 1;
}

static struct module module_of(uintptr_t address) {
    struct module module = {.address = address};
    dl_iterate_phdr(visit_module, &module);
    return module;
}

/* The runtime's own code is one section, which the linker knows the bounds of. In the
 * shared library it is all there is. */
extern const char __start_thimble_text[] __attribute__((weak, visibility("hidden")));
extern const char __stop_thimble_text[] __attribute__((weak, visibility("hidden")));

static bool is_ours(const struct module *module) {
    if (__start_thimble_text)
        return module->address >= (uintptr_t)__start_thimble_text &&
               module->address < (uintptr_t)__stop_thimble_text;
    return module->name && module->bias == module_of((uintptr_t)_thimble_trace).bias;
}

/* libc, a sanitizer: they are in between, but nobody's way. */
static bool is_the_systems(const struct module *module) {
    return module->name && *module->name && !module->has_units &&
           (strncmp(module->name, "/usr/", 5) == 0 || strncmp(module->name, "/lib", 4) == 0);
}

/* ---- Walking ---- */

static void count_between(struct walk *walk, uintptr_t address) {
    size_t i = 0;
    while (i < walk->between_count && walk->between[i].address != address)
        i++;
    if (i == DIFFERENT)
        i--; /* one more of an address is told, where this one would have to be */
    if (i == walk->between_count)
        walk->between[walk->between_count++] = (struct counted){.address = address};
    walk->between[i].count++;
}

static void add(struct walk *walk, uintptr_t address) {
    if (walk->count < FIRST) {
        walk->first[walk->count++] = address;
        return;
    }
    uintptr_t *place = &walk->last[(walk->count++ - FIRST) % LAST];
    if (walk->count > FIRST + LAST)
        count_between(walk, *place);
    *place = address;
}

static struct unwinder unwinder;

static _Unwind_Reason_Code visit_frame(struct _Unwind_Context *context, void *data) {
    struct walk *walk = data;
    const void *outermost = walk->request->outermost;
    if ((const void *)unwinder.frame(context) == outermost) {
        walk->complete = true;
        return _URC_END_OF_STACK;
    }
    /* A call's line is that of its last byte: what comes back may be the next line's, or
     * another function's. */
    int exact = 0;
    uintptr_t address = unwinder.address(context, &exact);
    address -= !exact;
    struct module module = module_of(address);
    if (!is_ours(&module) && !is_the_systems(&module))
        add(walk, address);
    return walk->count < DEEPEST ? _URC_NO_REASON : _URC_END_OF_STACK;
}

/* ---- Writing it down ---- */

static void put(struct text *text, char kind, uint32_t count, uintptr_t address,
                const char *function) {
    struct module module = module_of(address);
    Dl_info info;
    bool named = dladdr && dladdr((const void *)address, &info) && info.dli_sname;
    /* A name with a line's end in it can't be told. */
    if (!module.name || strchr(module.name, '\n'))
        module = (struct module){.name = "?"};
    if (text->length > 0)
        _thimble_puts(text, "\n");
    _thimble_printf(text, "%c%c %u %llx %s %s", TRACE_MARK, kind, count,
                    (unsigned long long)(address - module.bias),
                    function ? function
                    : named  ? info.dli_sname
                             : "?",
                    module.name);
}

static char kind_of(const struct walk *walk, uint32_t i) {
    const struct trace_request *request = walk->request;
    if (i == 0 && !request->elsewhere)
        return request->function ? TRACE_IN : TRACE_FAILED;
    bool outermost = i + 1 == walk->count && walk->complete;
    return outermost && request->in_test ? TRACE_TEST : TRACE_CALLER;
}

static void put_walk(struct text *text, const struct walk *walk) {
    for (uint32_t i = 0; i < walk->count && i < FIRST; i++)
        put(text, kind_of(walk, i), 1, walk->first[i], i == 0 ? walk->request->function : NULL);
    for (size_t i = 0; i < walk->between_count; i++)
        put(text, TRACE_LEFT_OUT, walk->between[i].count, walk->between[i].address, NULL);
    uint32_t i = walk->count > FIRST + LAST ? walk->count - LAST : FIRST;
    for (; i < walk->count; i++)
        put(text, kind_of(walk, i), 1, walk->last[(i - FIRST) % LAST], NULL);
    if (walk->request->in_test && !walk->complete)
        put(text, TRACE_TEST, 1, 0, NULL);
}

void _thimble_put_frames(struct text *text, const char *function, const uintptr_t *frames,
                         size_t count, bool deeper) {
    for (size_t i = 0; i < count; i++) {
        struct module module = module_of(frames[i] - 1);
        char kind = i == 0 ? TRACE_IN : TRACE_CALLER;
        if (!is_ours(&module) && !is_the_systems(&module))
            put(text, deeper ? TRACE_DEEPER(kind) : kind, 1, frames[i] - 1,
                i == 0 ? function : NULL);
    }
}

/* ---- A process for it ---- */

/* What goes wrong here stays here, without a word. */
static void settle_in(void) {
    static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++)
        signal(fatal[i], SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 0);
    _thimble_leave_heap();
}

static void walk_stack(struct slate *slate, const struct trace_request *request) {
    struct walk walk = {.request = request};
    settle_in();
    if (!_thimble_find_unwinder(&unwinder))
        return;
    unwinder.backtrace(visit_frame, &walk);
    struct text text = _thimble_growing_text();
    put_walk(&text, &walk);
    if (text.length > 0)
        _thimble_slate_add(slate, text.data, text.length);
}

/* No handler of the program's runs for it, here or there, and no lock of libc's is taken. */
static pid_t fork_quietly(void) {
    return (pid_t)syscall(SYS_clone, 0, 0, 0, 0, 0);
}

static bool has_ended(pid_t process, int options) {
    int status;
    pid_t ended;
    do
        ended = waitpid(process, &status, options | __WALL);
    while (ended < 0 && errno == EINTR);
    return ended != 0;
}

static void await(pid_t process) {
    const struct timespec pause = {0, 100000};
    for (int i = 0; i < PATIENCE; i++) {
        if (has_ended(process, WNOHANG))
            return;
        nanosleep(&pause, NULL);
    }
    kill(process, SIGKILL);
    has_ended(process, 0);
}

void _thimble_trace(struct slate *slate, const struct trace_request *request) {
    int saved = errno;
    atomic_store(&slate->tracing, true);
    pid_t process = fork_quietly();
    if (process == 0) {
        walk_stack(slate, request);
        syscall(SYS_exit_group, 0);
    }
    if (process > 0)
        await(process);
    atomic_store(&slate->tracing, false);
    errno = saved;
}
