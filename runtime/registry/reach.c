#include "reach.h"

#include <string.h>

#include "registry.h"

static const struct {
    enum reach reach;
    const char *functions; /* a space around each */
} table[] = {
    {REACH_STREAMS, " close dup2 dup3 fclose freopen close_range closefrom fcloseall syscall "},
    {REACH_FOLDER, " chdir fchdir syscall "},
    {REACH_SIGNALS, " signal sigaction bsd_signal sysv_signal sigset sigignore siginterrupt "
                    "sigprocmask pthread_sigmask sigblock sigsetmask sighold sigrelse alarm ualarm "
                    "setitimer syscall "},
    {REACH_LIMITS, " setrlimit prlimit syscall "},
    {REACH_MASK, " umask syscall "},
};

static struct {
    bool known;
    unsigned version; /* of the units */
    bool reached[REACH_COUNT];
} found;

static bool is_listed(const char *functions, const char *name) {
    size_t length = strlen(name);
    for (const char *at = functions; (at = strstr(at, name)); at++) {
        if (at > functions && at[-1] == ' ' && at[length] == ' ')
            return true;
    }
    return false;
}

static void look_at(const char *name) {
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        found.reached[table[i].reach] |= *name && is_listed(table[i].functions, name);
}

static void look(void) {
    memset(found.reached, 0, sizeof(found.reached));
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next) {
        for (uint32_t i = 0; i < unit->function_count; i++)
            look_at(_thimble_string(unit, unit->functions[i].identity));
    }
}

bool _thimble_reaches(enum reach reach) {
    unsigned version = _thimble_units_version();
    if (!found.known || found.version != version)
        look();
    found.known = true;
    found.version = version;
    return found.reached[reach];
}
