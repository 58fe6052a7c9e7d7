#include "check.h"

#include <stdio.h>
#include <string.h>

#include "naming.h"

static const struct {
    const char *symbol, *name;
} symbols[] = {
    /* Nobody's aliases. */
    {"open", "open"},
    {"zoo_open", "zoo_open"},
    {"", ""},
    {"_", "_"},
    {"__", "__"},
    {"crc64", "crc64"},
    {"strtof64", "strtof64"},
    {"base64", "base64"},
    {"64", "64"},
    {"__my_chk", "__my_chk"},
    {"my_chk", "my_chk"},
    {"read_chk", "read_chk"},
    {"__chk", "__chk"},
    {"__assert_fail", "__assert_fail"},
    {"open64x", "open64x"},
    {"a_very_long_name_that_no_table_of_names_has_room_for_64_r", NULL},
    {"__a_very_long_name_that_no_table_of_names_has_room_for_64_r", NULL},
    /* Large files. */
    {"open64", "open"},
    {"openat64", "openat"},
    {"creat64", "creat"},
    {"lseek64", "lseek"},
    {"pread64", "pread"},
    {"pwrite64", "pwrite"},
    {"stat64", "stat"},
    {"fstat64", "fstat"},
    {"lstat64", "lstat"},
    {"fstatat64", "fstatat"},
    {"statvfs64", "statvfs"},
    {"fopen64", "fopen"},
    {"freopen64", "freopen"},
    {"tmpfile64", "tmpfile"},
    {"fseeko64", "fseeko"},
    {"ftello64", "ftello"},
    {"mmap64", "mmap"},
    {"truncate64", "truncate"},
    {"ftruncate64", "ftruncate"},
    {"mkstemp64", "mkstemp"},
    {"mkostemps64", "mkostemps"},
    {"readdir64", "readdir"},
    {"scandir64", "scandir"},
    {"alphasort64", "alphasort"},
    {"versionsort64", "versionsort"},
    {"aio_cancel64", "aio_cancel"},
    {"sendfile64", "sendfile"},
    {"nftw64", "nftw"},
    {"posix_fallocate64", "posix_fallocate"},
    {"setrlimit64", "setrlimit"},
    {"fcntl64", "fcntl"},
    {"preadv64v2", "preadv2"},
    /* The C standard's newer scanf and strtol. */
    {"__isoc99_sscanf", "sscanf"},
    {"__isoc99_vfwscanf", "vfwscanf"},
    {"__isoc23_strtol", "strtol"},
    {"__isoc23_fscanf", "fscanf"},
    /* Fortified. */
    {"__printf_chk", "printf"},
    {"__asprintf_chk", "asprintf"},
    {"__wprintf_chk", "wprintf"},
    {"__wmemset_chk", "wmemset"},
    {"__vsnprintf_chk", "vsnprintf"},
    {"__read_chk", "read"},
    {"__pread64_chk", "pread"},
    {"__memcpy_chk", "memcpy"},
    {"__fgets_unlocked_chk", "fgets_unlocked"},
    {"__open_2", "open"},
    {"__open64_2", "open"},
    {"__openat_2", "openat"},
    {"__openat64_2", "openat"},
    /* Built-ins. */
    {"__builtin_printf", "printf"},
    {"__builtin_malloc", "malloc"},
    {"__builtin___memcpy_chk", "memcpy"},
    {"__builtin___sprintf_chk", "sprintf"},
    {"__builtin_expect", "expect"},
    /* Old and odd. */
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
    /* Wide time on 32-bit machines. */
    {"__time64", "time"},
    {"__clock_gettime64", "clock_gettime"},
    {"__stat64_time64", "stat"},
    {"__fcntl_time64", "fcntl"},
    {"__localtime64_r", "localtime_r"},
    {"__adjtime64", "adjtime"},
    {"__wait4_time64", "wait4"},
};

static void check_canonical(void) {
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        CHECK_TEXT(naming_canonical(symbols[i].symbol),
                   symbols[i].name ? symbols[i].name : symbols[i].symbol);
}

/* Every table, whole, so that an entry out of order shows. */
static void check_each(const char *names, const char *before, const char *after) {
    char name[64], symbol[128];
    for (; *names; names += strspn(names, " ")) {
        size_t length = strcspn(names, " ");
        memcpy(name, names, length);
        name[length] = '\0';
        strcat(strcat(strcpy(symbol, before), name), after);
        CHECK_TEXT(naming_canonical(symbol), name);
        names += length;
    }
}

static void check_tables_whole(void) {
    check_each("aio_cancel aio_error aio_fsync aio_read aio_return aio_suspend aio_write alphasort "
               "creat fallocate fcntl fgetpos fopen freopen fseeko fsetpos fstat fstatat fstatfs "
               "fstatvfs ftello ftruncate fts_children fts_close fts_open fts_read fts_set ftw "
               "getdents getdirentries getrlimit glob globfree lio_listio lockf lseek lstat "
               "mkostemp mkostemps mkstemp mkstemps mmap nftw open openat posix_fadvise "
               "posix_fallocate pread preadv prlimit pwrite pwritev readdir scandir scandirat "
               "sendfile setrlimit stat statfs statvfs tmpfile truncate versionsort",
               "", "64");
    check_each("asprintf confstr dprintf explicit_bzero fgets fgets_unlocked fgetws "
               "fgetws_unlocked fprintf fread fread_unlocked fwprintf getcwd getdomainname "
               "getgroups gethostname getlogin_r gets getwd inet_ntop inet_pton longjmp "
               "mbsnrtowcs mbsrtowcs mbstowcs memcpy memmove mempcpy memset obstack_printf "
               "obstack_vprintf poll ppoll pread printf ptsname_r read readlink readlinkat "
               "realpath recv recvfrom snprintf sprintf stpcpy stpncpy strcat strcpy strlcat "
               "strlcpy strncat strncpy swprintf syslog ttyname_r vasprintf vdprintf vfprintf "
               "vfwprintf vprintf vsnprintf vsprintf vswprintf vsyslog vwprintf wcpcpy wcpncpy "
               "wcrtomb wcscat wcscpy wcslcat wcslcpy wcsncat wcsncpy wcsnrtombs wcsrtombs "
               "wcstombs wctomb wmemcpy wmemmove wmempcpy wmemset wprintf",
               "__", "_chk");
    check_each("adjtime clock_adjtime clock_getres clock_gettime clock_nanosleep clock_settime "
               "ctime difftime gettimeofday gmtime localtime mktime nanosleep ppoll prctl pselect "
               "sem_timedwait select time timegm utimensat utimes wait3 wait4",
               "__", "64");
}

static void check_tidy(const char *path, const char *wanted) {
    char out[64];
    naming_tidy_path(path, out, sizeof out);
    CHECK_TEXT(out, wanted);
}

static void check_paths(void) {
    check_tidy("zoo.c", "zoo.c");
    check_tidy("./zoo.c", "zoo.c");
    check_tidy("././/zoo.c", "zoo.c");
    check_tidy("src/./zoo.c", "src/zoo.c");
    check_tidy("src/../zoo.c", "zoo.c");
    check_tidy("a/b/../../zoo.c", "zoo.c");
    check_tidy("a/b/../../../zoo.c", "../zoo.c");
    check_tidy("../zoo.c", "../zoo.c");
    check_tidy("../../a/../zoo.c", "../../zoo.c");
    check_tidy("/usr//include/../lib/zoo.c", "/usr/lib/zoo.c");
    check_tidy("/../zoo.c", "/zoo.c");
    check_tidy("/", "/");
    check_tidy("", "");
    check_tidy("...", "...");
    check_tidy("a/..b/.c", "a/..b/.c");
    char small[6];
    naming_tidy_path("src/zoo.c", small, sizeof small);
    CHECK_TEXT(small, "src");
}

static void check_identity(bool internal, bool main_file, const char *symbol, const char *file,
                           const char *wanted) {
    char out[128];
    naming_identity(internal, main_file, symbol, file, 12, "feed", out, sizeof out);
    CHECK_TEXT(out, wanted);
}

static void check_tests_names(void) {
    CHECK(naming_is_test("test_", "test_feeds"));
    CHECK(naming_is_test("test_", "test_"));
    CHECK(!naming_is_test("test_", "test"));
    CHECK(!naming_is_test("test_", "a_test_feeds"));
    CHECK(naming_is_test("check", "checks"));
    CHECK(naming_serves_tests("setup") && naming_serves_tests("tearDownModule"));
    CHECK(naming_serves_tests("module_fixture_db") && naming_serves_tests("cases_test_x"));
    CHECK(!naming_serves_tests("set") && !naming_serves_tests("fixtures"));
    CHECK(naming_matters("test_", "test_feeds") && naming_matters("test_", "setup_module"));
    CHECK(!naming_matters("test_", "feed") && !naming_matters("check_", "test_feeds"));
}

static void check_single_names(void) {
    CHECK(naming_is_program_main("main", false, false));
    CHECK(!naming_is_program_main("main", true, false));
    CHECK(!naming_is_program_main("main", false, true));
    CHECK(!naming_is_program_main("main_", false, false));
    CHECK(!naming_is_program_main("a_main", false, false));
    CHECK(naming_is_marker("thimble_this_file_needs_the_compiler_flag_fplugin_thimble"));
    CHECK(!naming_is_marker("thimble_this_file_needs_the_compiler_flag_fplugin_thimble_"));
    CHECK(!naming_is_marker("thimble_"));
    CHECK_TEXT(naming_function("__builtin_printf"), "printf");
    CHECK_TEXT(naming_function("__builtin___memcpy_chk"), "memcpy");
    CHECK_TEXT(naming_function("__printf_chk"), "__printf_chk");
    CHECK_TEXT(naming_function("open64"), "open64");
    CHECK_TEXT(naming_function("feed"), "feed");
}

/* The bodies are those of glibc and musl, and what others write. */
static void check_emptied_asserts(void) {
    CHECK(naming_assert_emptied("expr", " (__ASSERT_VOID_CAST (0))"));
    CHECK(naming_assert_emptied("x", "(void)0"));
    CHECK(naming_assert_emptied("e", "((void)0)"));
    CHECK(naming_assert_emptied("...", "((void)0)"));
    CHECK(naming_assert_emptied("e", ""));
    CHECK(naming_assert_emptied("e", "else_(e2, a_e, e$)"));
    CHECK(!naming_assert_emptied("e", "((void)sizeof(e))"));
    CHECK(!naming_assert_emptied("e", "e"));
    CHECK(!naming_assert_emptied("e", "e2 || e"));
    CHECK(!naming_assert_emptied("expr", "((expr) ? (void)0 : __assert_fail(#expr))"));
    CHECK(!naming_assert_emptied("...", "check(__VA_ARGS__)"));
}

/* Each name of a list without "__" and "_chk". */
static void check_added(const char *names, unsigned wanted) {
    char symbol[64];
    for (; *names; names += strspn(names, " ")) {
        int length = (int)strcspn(names, " ");
        snprintf(symbol, sizeof symbol, "__builtin___%.*s_chk", length, names);
        check(naming_added_arguments(symbol) == wanted, __FILE__, __LINE__, symbol);
        check(naming_added_arguments(symbol + 10) == wanted, __FILE__, __LINE__, symbol + 10);
        snprintf(symbol, sizeof symbol, "%.*s", length, names);
        check(naming_added_arguments(symbol) == 0, __FILE__, __LINE__, symbol);
        names += length;
    }
}

static void check_added_arguments(void) {
    /* A flag in front of the format; of a buffer, its size behind the flag. */
    check_added("printf vprintf wprintf vwprintf", 1 << 0);
    check_added("fprintf vfprintf fwprintf vfwprintf dprintf vdprintf asprintf vasprintf "
                "obstack_printf obstack_vprintf syslog vsyslog",
                1 << 1);
    check_added("sprintf vsprintf", 1 << 1 | 1 << 2);
    check_added("snprintf vsnprintf swprintf vswprintf", 1 << 2 | 1 << 3);
    /* The buffer's size, right behind it. */
    check_added("fgets fgets_unlocked fgetws fgetws_unlocked fread fread_unlocked gets getwd",
                1 << 1);
    /* The buffer's size as the last argument, or behind its length. */
    check_added("explicit_bzero getcwd getdomainname getgroups gethostname getlogin_r realpath "
                "stpcpy strcat strcpy wcpcpy wcscat wcscpy wctomb",
                1 << 2);
    check_added(
        "confstr inet_pton mbstowcs memcpy memmove mempcpy memset poll ptsname_r read "
        "readlink recv recvfrom stpncpy strlcat strlcpy strncat strncpy ttyname_r wcpncpy "
        "wcrtomb wcslcat wcslcpy wcsncat wcsncpy wcstombs wmemcpy wmemmove wmempcpy wmemset",
        1 << 3);
    check_added("inet_ntop mbsrtowcs ppoll pread pread64 readlinkat wcsrtombs", 1 << 4);
    check_added("mbsnrtowcs wcsnrtombs", 1 << 5);
    check_added("longjmp feed", 0);
    CHECK(naming_added_arguments("__my_printf_chk") == 0);
    CHECK(naming_added_arguments("printf_chk") == 0);
    CHECK(naming_added_arguments("__printf") == 0);
    CHECK(naming_added_arguments("__chk") == 0 && naming_added_arguments("__") == 0);
}

void check_naming(void) {
    check_canonical();
    check_tables_whole();
    check_paths();
    check_identity(false, true, "feed", "src/zoo.c", "feed");
    check_identity(false, false, "__isoc99_sscanf", "/usr/include/stdio.h", "sscanf");
    check_identity(true, true, "feed", "src/zoo.c", "src/zoo.c:12:feed");
    check_identity(true, false, "feed", "../include/zoo.h", "zoo.h:12:feed");
    check_identity(true, false, "feed", "zoo.h", "zoo.h:12:feed");
    check_tests_names();
    check_single_names();
    check_emptied_asserts();
    check_added_arguments();
}
