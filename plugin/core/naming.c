#include "naming.h"

#include "names.h"
#include <stdio.h>
#include <stdlib.h>
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

/* Symbols of _FORTIFY_SOURCE: __read_chk. */
static const char *const fortified[] = {
    "asprintf",   "confstr",        "dprintf",         "explicit_bzero",
    "fgets",      "fgets_unlocked", "fgetws",          "fgetws_unlocked",
    "fprintf",    "fread",          "fread_unlocked",  "fwprintf",
    "getcwd",     "getdomainname",  "getgroups",       "gethostname",
    "getlogin_r", "gets",           "getwd",           "inet_ntop",
    "inet_pton",  "longjmp",        "mbsnrtowcs",      "mbsrtowcs",
    "mbstowcs",   "memcpy",         "memmove",         "mempcpy",
    "memset",     "obstack_printf", "obstack_vprintf", "poll",
    "ppoll",      "pread",          "pread64",         "printf",
    "ptsname_r",  "read",           "readlink",        "readlinkat",
    "realpath",   "recv",           "recvfrom",        "snprintf",
    "sprintf",    "stpcpy",         "stpncpy",         "strcat",
    "strcpy",     "strlcat",        "strlcpy",         "strncat",
    "strncpy",    "swprintf",       "syslog",          "ttyname_r",
    "vasprintf",  "vdprintf",       "vfprintf",        "vfwprintf",
    "vprintf",    "vsnprintf",      "vsprintf",        "vswprintf",
    "vsyslog",    "vwprintf",       "wcpcpy",          "wcpncpy",
    "wcrtomb",    "wcscat",         "wcscpy",          "wcslcat",
    "wcslcpy",    "wcsncat",        "wcsncpy",         "wcsnrtombs",
    "wcsrtombs",  "wcstombs",       "wctomb",          "wmemcpy",
    "wmemmove",   "wmempcpy",       "wmemset",         "wprintf",
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

static bool takes_off(const char **text, const char *prefix) {
    size_t length = strlen(prefix);
    if (strncmp(*text, prefix, length) != 0)
        return false;
    *text += length;
    return true;
}

/* The table's entry that, with `ending` behind it, is the text. */
static const char *find_before(const char *const *table, size_t count, const char *text,
                               const char *ending) {
    size_t length = strlen(text), tail = strlen(ending);
    if (length <= tail || strcmp(text + length - tail, ending) != 0)
        return NULL;
    return names_find(table, count, text, length - tail);
}

#define FIND_BEFORE(table, text, ending)                                                           \
    find_before((table), sizeof(table) / sizeof *(table), (text), (ending))

static int compare_alias(const void *symbol, const void *alias) {
    return strcmp(symbol, ((const struct alias *)alias)->symbol);
}

static const char *find_alias(const char *symbol) {
    const struct alias *alias =
        bsearch(symbol, aliases, sizeof aliases / sizeof *aliases, sizeof *aliases, compare_alias);
    return alias ? alias->name : NULL;
}

/* __localtime64_r, whose number stands in the middle. */
static const char *find_reentrant_wide_time(const char *text) {
    char name[32];
    size_t length = strlen(text);
    if (length < 5 || length >= sizeof name || strcmp(text + length - 4, "64_r") != 0)
        return NULL;
    snprintf(name, sizeof name, "%.*s_r", (int)(length - 4), text);
    return NAMES_FIND(wide_time, name, strlen(name));
}

/* A symbol that began with two underscores, without them. */
static const char *find_reserved(const char *rest) {
    if (takes_off(&rest, "isoc99_") || takes_off(&rest, "isoc23_"))
        return rest;
    const char *name = FIND_BEFORE(fortified, rest, "_chk");
    if (!name)
        name = FIND_BEFORE(wide_time, rest, "64_time64");
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
