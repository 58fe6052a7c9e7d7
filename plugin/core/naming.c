#include "naming.h"

#include "names.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* The tables are sorted; each says how its names become symbols. */

/* Symbols of _FILE_OFFSET_BITS=64: open64. A list, because strtof64 is no strtof
 * and a program may end names of its own so. */
static const char *const large_files[] = {
    "aio_cancel", "aio_error", "aio_fsync",   "aio_read",      "aio_return",      "aio_suspend",
    "aio_write",  "alphasort", "creat",       "fallocate",     "fcntl",           "fgetpos",
    "fopen",      "freopen",   "fseeko",      "fsetpos",       "fstat",           "fstatat",
    "fstatfs",    "fstatvfs",  "ftello",      "ftruncate",     "fts_children",    "fts_close",
    "fts_open",   "fts_read",  "fts_set",     "ftw",           "getdents",        "getdirentries",
    "getrlimit",  "glob",      "globfree",    "lio_listio",    "lockf",           "lseek",
    "lstat",      "mkostemp",  "mkostemps",   "mkstemp",       "mkstemps",        "mmap",
    "nftw",       "open",      "openat",      "posix_fadvise", "posix_fallocate", "pread",
    "preadv",     "prlimit",   "pwrite",      "pwritev",       "readdir",         "scandir",
    "scandirat",  "sendfile",  "setrlimit",   "stat",          "statfs",          "statvfs",
    "tmpfile",    "truncate",  "versionsort",
};

/* Symbols of _FORTIFY_SOURCE: __read_chk. Where the compiler has no __va_arg_pack, a call
 * of printf in the source becomes one of __printf_chk, by a macro. */
static const struct fortified {
    const char *name;
    unsigned added; /* arguments that the plain function has not, 1 << 0 being the first */
} fortified[] = {
    {"asprintf", 1 << 1},
    {"confstr", 1 << 3},
    {"dprintf", 1 << 1},
    {"explicit_bzero", 1 << 2},
    {"fgets", 1 << 1},
    {"fgets_unlocked", 1 << 1},
    {"fgetws", 1 << 1},
    {"fgetws_unlocked", 1 << 1},
    {"fprintf", 1 << 1},
    {"fread", 1 << 1},
    {"fread_unlocked", 1 << 1},
    {"fwprintf", 1 << 1},
    {"getcwd", 1 << 2},
    {"getdomainname", 1 << 2},
    {"getgroups", 1 << 2},
    {"gethostname", 1 << 2},
    {"getlogin_r", 1 << 2},
    {"gets", 1 << 1},
    {"getwd", 1 << 1},
    {"inet_ntop", 1 << 4},
    {"inet_pton", 1 << 3},
    {"longjmp", 0},
    {"mbsnrtowcs", 1 << 5},
    {"mbsrtowcs", 1 << 4},
    {"mbstowcs", 1 << 3},
    {"memcpy", 1 << 3},
    {"memmove", 1 << 3},
    {"mempcpy", 1 << 3},
    {"memset", 1 << 3},
    {"obstack_printf", 1 << 1},
    {"obstack_vprintf", 1 << 1},
    {"poll", 1 << 3},
    {"ppoll", 1 << 4},
    {"pread", 1 << 4},
    {"pread64", 1 << 4},
    {"printf", 1 << 0},
    {"ptsname_r", 1 << 3},
    {"read", 1 << 3},
    {"readlink", 1 << 3},
    {"readlinkat", 1 << 4},
    {"realpath", 1 << 2},
    {"recv", 1 << 3},
    {"recvfrom", 1 << 3},
    {"snprintf", 1 << 2 | 1 << 3},
    {"sprintf", 1 << 1 | 1 << 2},
    {"stpcpy", 1 << 2},
    {"stpncpy", 1 << 3},
    {"strcat", 1 << 2},
    {"strcpy", 1 << 2},
    {"strlcat", 1 << 3},
    {"strlcpy", 1 << 3},
    {"strncat", 1 << 3},
    {"strncpy", 1 << 3},
    {"swprintf", 1 << 2 | 1 << 3},
    {"syslog", 1 << 1},
    {"ttyname_r", 1 << 3},
    {"vasprintf", 1 << 1},
    {"vdprintf", 1 << 1},
    {"vfprintf", 1 << 1},
    {"vfwprintf", 1 << 1},
    {"vprintf", 1 << 0},
    {"vsnprintf", 1 << 2 | 1 << 3},
    {"vsprintf", 1 << 1 | 1 << 2},
    {"vswprintf", 1 << 2 | 1 << 3},
    {"vsyslog", 1 << 1},
    {"vwprintf", 1 << 0},
    {"wcpcpy", 1 << 2},
    {"wcpncpy", 1 << 3},
    {"wcrtomb", 1 << 3},
    {"wcscat", 1 << 2},
    {"wcscpy", 1 << 2},
    {"wcslcat", 1 << 3},
    {"wcslcpy", 1 << 3},
    {"wcsncat", 1 << 3},
    {"wcsncpy", 1 << 3},
    {"wcsnrtombs", 1 << 5},
    {"wcsrtombs", 1 << 4},
    {"wcstombs", 1 << 3},
    {"wctomb", 1 << 2},
    {"wmemcpy", 1 << 3},
    {"wmemmove", 1 << 3},
    {"wmempcpy", 1 << 3},
    {"wmemset", 1 << 3},
    {"wprintf", 1 << 0},
};

/* Symbols of _TIME_BITS=64 on 32-bit machines: __time64, __stat64_time64. */
static const char *const wide_time[] = {
    "adjtime",
    "clock_adjtime",
    "clock_getres",
    "clock_gettime",
    "clock_nanosleep",
    "clock_settime",
    "cnd_timedwait",
    "ctime",
    "ctime_r",
    "difftime",
    "epoll_pwait2",
    "fcntl",
    "fstat",
    "fstatat",
    "fts_children",
    "fts_close",
    "fts_open",
    "fts_read",
    "fts_set",
    "ftw",
    "futimens",
    "futimes",
    "futimesat",
    "getitimer",
    "getrusage",
    "getsockopt",
    "gettimeofday",
    "glob",
    "globfree",
    "gmtime",
    "gmtime_r",
    "ioctl",
    "localtime",
    "localtime_r",
    "lstat",
    "lutimes",
    "mktime",
    "mq_timedreceive",
    "mq_timedsend",
    "msgctl",
    "mtx_timedlock",
    "nanosleep",
    "nftw",
    "ntp_adjtime",
    "ntp_gettime",
    "ntp_gettimex",
    "ppoll",
    "prctl",
    "pselect",
    "pthread_clockjoin_np",
    "pthread_cond_clockwait",
    "pthread_cond_timedwait",
    "pthread_mutex_clocklock",
    "pthread_mutex_timedlock",
    "pthread_rwlock_clockrdlock",
    "pthread_rwlock_clockwrlock",
    "pthread_rwlock_timedrdlock",
    "pthread_rwlock_timedwrlock",
    "pthread_timedjoin_np",
    "recvmmsg",
    "recvmsg",
    "sched_rr_get_interval",
    "select",
    "sem_clockwait",
    "sem_timedwait",
    "semctl",
    "semtimedop",
    "sendmmsg",
    "sendmsg",
    "setitimer",
    "setsockopt",
    "settimeofday",
    "shmctl",
    "sigtimedwait",
    "stat",
    "thrd_sleep",
    "time",
    "timegm",
    "timer_gettime",
    "timer_settime",
    "timerfd_gettime",
    "timerfd_settime",
    "timespec_get",
    "timespec_getres",
    "utime",
    "utimensat",
    "utimes",
    "wait3",
    "wait4",
};

/* Symbols that follow no rule. */
static const struct alias {
    const char *symbol, *name;
} aliases[] = {
    {"_IO_getc", "getc"},
    {"_IO_putc", "putc"},
    {"__fstat64", "fstat"},
    {"__fxstat", "fstat"},
    {"__fxstat64", "fstat"},
    {"__fxstatat", "fstatat"},
    {"__fxstatat64", "fstatat"},
    {"__getdelim", "getdelim"},
    {"__lxstat", "lstat"},
    {"__lxstat64", "lstat"},
    {"__open64", "open"},
    {"__open64_2", "open"},
    {"__open_2", "open"},
    {"__openat64_2", "openat"},
    {"__openat_2", "openat"},
    {"__posix_getopt", "getopt"},
    {"__pread64", "pread"},
    {"__pwrite64", "pwrite"},
    {"__sigsetjmp", "sigsetjmp"},
    {"__strdup", "strdup"},
    {"__strndup", "strndup"},
    {"__strtok_r", "strtok_r"},
    {"__sysv_signal", "signal"},
    {"__vfork", "vfork"},
    {"__xmknod", "mknod"},
    {"__xmknodat", "mknodat"},
    {"__xpg_basename", "basename"},
    {"__xpg_sigpause", "sigpause"},
    {"__xpg_strerror_r", "strerror_r"},
    {"__xstat", "stat"},
    {"__xstat64", "stat"},
    {"_longjmp", "longjmp"},
    {"_setjmp", "setjmp"},
    {"preadv64v2", "preadv2"},
    {"pwritev64v2", "pwritev2"},
};

static bool takes_off(const char **text, const char *prefix) {
    size_t length = strlen(prefix);
    if (strncmp(*text, prefix, length) != 0)
        return false;
    *text += length;
    return true;
}

/* ---- What names mean to tests ---- */

bool naming_is_test(const char *prefix, const char *name) {
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

bool naming_serves_tests(const char *name) {
    static const char *const beginnings[] = {"setup", "teardown", "setUp", "tearDown", "cases_"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncmp(name, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return strstr(name, "fixture_") != NULL;
}

bool naming_is_fixture(const char *name, enum thimble_fixture_kind *kind, const char **value) {
    static const struct {
        const char *name; /* or what it begins with, where the value's name follows */
        enum thimble_fixture_kind kind;
        bool value;
    } fixtures[] = {{"setup", THIMBLE_SETUP, false},
                    {"setUp", THIMBLE_SETUP, false},
                    {"teardown", THIMBLE_TEARDOWN, false},
                    {"tearDown", THIMBLE_TEARDOWN, false},
                    {"setup_module", THIMBLE_SETUP_MODULE, false},
                    {"setUpModule", THIMBLE_SETUP_MODULE, false},
                    {"teardown_module", THIMBLE_TEARDOWN_MODULE, false},
                    {"tearDownModule", THIMBLE_TEARDOWN_MODULE, false},
                    {"fixture_", THIMBLE_TEST_FIXTURE, true},
                    {"module_fixture_", THIMBLE_MODULE_FIXTURE, true},
                    {"session_fixture_", THIMBLE_SESSION_FIXTURE, true},
                    {"teardown_", THIMBLE_FIXTURE_TEARDOWN, true}};
    if (!strchr("stfm", *name))
        return false;
    for (size_t i = 0; i < sizeof fixtures / sizeof *fixtures; i++) {
        size_t length = strlen(fixtures[i].name);
        if (strncmp(name, fixtures[i].name, length) != 0 || !name[length] == fixtures[i].value)
            continue;
        *kind = fixtures[i].kind;
        *value = name + length;
        return true;
    }
    return false;
}

bool naming_makes_value(enum thimble_fixture_kind kind) {
    return kind == THIMBLE_TEST_FIXTURE || kind == THIMBLE_MODULE_FIXTURE ||
           kind == THIMBLE_SESSION_FIXTURE;
}

const char *naming_test_of_cases(const char *prefix, const char *name) {
    return takes_off(&name, "cases_") && naming_is_test(prefix, name) ? name : NULL;
}

bool naming_comes_back(const char *callee) {
    return strcmp(callee, "thimble_block_again") == 0;
}

const char *naming_type_spoken_for(const char *name) {
    static const char *const prefixes[] = {"repr_", "equal_"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t length = strlen(prefixes[i]);
        if (strncmp(name, prefixes[i], length) == 0 && name[length])
            return name + length;
    }
    return NULL;
}

bool naming_matters(const char *prefix, const char *name) {
    return naming_is_test(prefix, name) || naming_serves_tests(name) ||
           naming_type_spoken_for(name);
}

bool naming_use_counts(const char *prefix, const char *name) {
    enum thimble_fixture_kind kind;
    const char *value;
    return naming_is_test(prefix, name) || naming_is_fixture(name, &kind, &value);
}

bool naming_is_program_main(const char *name, bool internal, bool nested) {
    return strcmp(name, "main") == 0 && !internal && !nested;
}

bool naming_is_marker(const char *name) {
    return strcmp(name, NAMING_MARKER) == 0;
}

static bool is_word_letter(char letter) {
    return isalnum((unsigned char)letter) || letter == '_' || letter == '$';
}

static bool has_word(const char *text, const char *word) {
    size_t length = strlen(word);
    for (const char *at = text; (at = strstr(at, word)); at++)
        if ((at == text || !is_word_letter(at[-1])) && !is_word_letter(at[length]))
            return true;
    return false;
}

bool naming_assert_emptied(const char *parameter, const char *body) {
    return !has_word(body, strcmp(parameter, "...") == 0 ? "__VA_ARGS__" : parameter);
}

/* ---- libc's aliases ---- */

/* How long the text is without that ending; 0 where it is not there, or nothing else. */
static size_t length_before(const char *text, const char *ending) {
    size_t length = strlen(text), tail = strlen(ending);
    return length > tail && strcmp(text + length - tail, ending) == 0 ? length - tail : 0;
}

/* The table's name that, with `ending` behind it, is the text. */
static const char *find_before(const char *const *table, size_t count, const char *text,
                               const char *ending) {
    size_t length = length_before(text, ending);
    const char *const *entry =
        length ? names_find(table, count, sizeof *table, text, length) : NULL;
    return entry ? *entry : NULL;
}

#define FIND_BEFORE(table, text, ending)                                                           \
    find_before((table), sizeof(table) / sizeof *(table), (text), (ending))

static const char *find_alias(const char *symbol) {
    const struct alias *alias = NAMES_FIND(aliases, symbol, strlen(symbol));
    return alias ? alias->name : NULL;
}

static const struct fortified *find_fortified(const char *text) {
    size_t length = length_before(text, "_chk");
    return length ? NAMES_FIND(fortified, text, length) : NULL;
}

/* __localtime64_r, whose number stands in the middle. */
static const char *find_reentrant_wide_time(const char *text) {
    char name[32];
    size_t length = strlen(text);
    if (length < 5 || length >= sizeof name || strcmp(text + length - 4, "64_r") != 0)
        return NULL;
    snprintf(name, sizeof name, "%.*s_r", (int)(length - 4), text);
    const char *const *entry = NAMES_FIND(wide_time, name, strlen(name));
    return entry ? *entry : NULL;
}

/* A symbol that began with two underscores, without them. */
static const char *find_reserved(const char *rest) {
    if (takes_off(&rest, "isoc99_") || takes_off(&rest, "isoc23_"))
        return rest;
    const struct fortified *plain = find_fortified(rest);
    if (plain)
        return plain->name;
    const char *name = FIND_BEFORE(wide_time, rest, "64_time64");
    if (!name)
        name = FIND_BEFORE(wide_time, rest, "_time64");
    if (!name)
        name = FIND_BEFORE(wide_time, rest, "64");
    return name ? name : find_reentrant_wide_time(rest);
}

const char *naming_canonical(const char *symbol) {
    const char *name = symbol;
    takes_off(&name, "__builtin_");
    const char *known = find_alias(name);
    if (!known && takes_off(&name, "__")) {
        known = find_reserved(name);
        name -= 2;
    }
    if (!known)
        known = FIND_BEFORE(large_files, name, "64");
    if (!known)
        return name;
    /* __pread64_chk is pread64 by one rule and pread by the next. */
    const char *shorter = FIND_BEFORE(large_files, known, "64");
    return shorter ? shorter : known;
}

const char *naming_function(const char *name) {
    return strncmp(name, "__builtin_", 10) == 0 ? naming_canonical(name) : name;
}

unsigned naming_added_arguments(const char *symbol) {
    takes_off(&symbol, "__builtin_");
    const struct fortified *plain = takes_off(&symbol, "__") ? find_fortified(symbol) : NULL;
    return plain ? plain->added : 0;
}

/* ---- Paths and identities ---- */

/* Where the path's last part begins, its slash included; not below `floor`. */
static size_t start_of_last(const char *path, size_t length, size_t floor) {
    while (length > floor && path[length - 1] != '/')
        length--;
    return length > floor ? length - 1 : floor;
}

void naming_tidy_path(const char *file, char *out, size_t size) {
    if (size < 2)
        return;
    bool rooted = *file == '/';
    if (rooted)
        out[0] = '/';
    size_t length = rooted, floor = rooted; /* no ".." takes off what stands below */
    for (size_t part; *file; file += part + (file[part] == '/')) {
        part = strcspn(file, "/");
        bool here = part == 0 || (part == 1 && file[0] == '.');
        bool up = part == 2 && file[0] == '.' && file[1] == '.';
        if (up && length > floor) {
            length = start_of_last(out, length, floor);
            continue;
        }
        if (here || (up && rooted))
            continue;
        bool slash = length && out[length - 1] != '/';
        if (length + slash + part >= size)
            break;
        if (slash)
            out[length++] = '/';
        memcpy(out + length, file, part);
        length += part;
        if (up)
            floor = length;
    }
    out[length] = '\0';
}

void naming_identity(bool internal, bool main_file, const char *symbol, const char *file,
                     uint32_t line, const char *name, char *out, size_t size) {
    if (!internal) {
        snprintf(out, size, "%s", naming_canonical(symbol));
        return;
    }
    const char *slash = main_file ? NULL : strrchr(file, '/');
    snprintf(out, size, "%s:%u:%s", slash ? slash + 1 : file, (unsigned)line, name);
}
