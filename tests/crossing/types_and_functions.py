"""The types and libc's functions that are crossed."""

import dataclasses


@dataclasses.dataclass
class Type:
    """A type of an argument and result."""

    name: str
    declarator: str  # with a % where the name stands
    values: tuple  # two C expressions that differ
    same: str = "a == b"

    def of(self, name):
        return self.declarator.replace("%", name)

    def function(self, name):
        """T NAME(T a, int i)"""
        return self.of(f"{name}({self.of('a')}, int i)")


def scalar(name, spelled, one, other):
    return Type(name, f"{spelled} %", (one, other))


def struct(name, one, other, same):
    return Type(name, f"struct {name} %", (f"(struct {name}){one}", f"(struct {name}){other}"), same)


DECLARED = """
enum color { RED, GREEN, BLUE };
enum sign { MINUS = -1, PLUS = 1 };
struct point { int x, y; };
struct one_int { int x; };
struct three_chars { char c[3]; };
struct seven_bytes { unsigned char c[7]; };
struct two_longs { long x, y; };
struct long_char { long x; char c; };
struct two_floats { float x, y; };
struct three_floats { float x, y, z; };
struct four_floats { float x[4]; };
struct two_doubles { double x, y; };
struct double_long { double x; long y; };
struct long_double_ { long y; double x; };
struct float_int { float x; int y; };
struct three_longs { long x, y, z; };
struct large { int x[40]; };
struct nested { struct point p; struct { char c; short s; } in; };
struct text { const char *text; int n; };
struct bits { unsigned a : 3, b : 5; int c : 20; };
struct with_union { int kind; union { int i; float f; } is; };
struct complex_in { float _Complex z; };
struct two_long_doubles { long double x, y; };
struct pointers { void *p; int (*f)(int); };
union number { int i; double d; };
typedef int (*function)(int);
typedef unsigned long word;
extern struct point near_point, far_point;
extern int near_number, far_number;
int twice(int), thrice(int);
#ifdef DEFINES
struct point near_point = {1, 2}, far_point = {3, 4};
int near_number = 1, far_number = 2;
int twice(int i) { return 2 * i; }
int thrice(int i) { return 3 * i; }
#endif
static inline int same_bytes(const void *a, const void *b, int count) {
    for (int i = 0; i < count; i++)
        if (((const char *)a)[i] != ((const char *)b)[i])
            return 0;
    return 1;
}
"""

TYPES = [
    scalar("bool", "_Bool", "0", "1"),
    scalar("char", "char", "'a'", "'\\n'"),
    scalar("schar", "signed char", "-128", "127"),
    scalar("uchar", "unsigned char", "0", "255"),
    scalar("short", "short", "-32768", "3"),
    scalar("ushort", "unsigned short", "65535", "3"),
    scalar("int", "int", "-2147483647 - 1", "5"),
    scalar("uint", "unsigned", "4294967295u", "5"),
    scalar("long", "long", "-5000000000", "7"),
    scalar("ulong", "unsigned long", "18446744073709551615ul", "7"),
    scalar("llong", "long long", "-9", "5000000000ll"),
    scalar("ullong", "unsigned long long", "18446744073709551615ull", "9"),
    scalar("int128", "__int128", "-1", "((__int128)1 << 100)"),
    scalar("uint128", "unsigned __int128", "~(unsigned __int128)0", "1"),
    scalar("size", "size_t", "0", "100"),
    scalar("wchar", "wchar_t", "L'a'", "L'\\x3b1'"),
    scalar("word", "word", "3", "4"),
    scalar("float", "float", "1.5f", "-0.1f"),
    scalar("double", "double", "1e300", "-0.1"),
    scalar("ldouble", "long double", "1e4000L", "-0.1L"),
    scalar("cfloat", "float _Complex", "1.5f + 2.5f * I", "-0.1f * I"),
    scalar("cdouble", "double _Complex", "1.5 + 2.5 * I", "-0.1 * I"),
    scalar("cldouble", "long double _Complex", "1.5L + 2.5L * I", "-0.1L * I"),
    scalar("color", "enum color", "RED", "BLUE"),
    scalar("sign", "enum sign", "MINUS", "PLUS"),
    scalar("pointer", "void *", "&near_number", "&far_number"),
    scalar("int_pointer", "int *", "&near_number", "&far_number"),
    Type("string", "const char *%", ('"a text"', '"another\\ntext"'), "strcmp(a, b) == 0"),
    scalar("point_pointer", "struct point *", "&near_point", "&far_point"),
    scalar("const_pointer", "const struct point *", "&near_point", "&far_point"),
    scalar("string_pointer", "char **", "(char **)0", "(char **)&near_point"),
    scalar("function", "function", "twice", "thrice"),
    Type("raw_function", "int (*%)(int)", ("twice", "thrice")),
    struct("one_int", "{1}", "{2}", "a.x == b.x"),
    struct("point", "{1, 2}", "{3, -4}", "a.x == b.x && a.y == b.y"),
    struct("three_chars", '{"ab"}', '{"yz"}', "same_bytes(&a, &b, 3)"),
    struct("seven_bytes", "{{1, 2, 3, 4, 5, 6, 7}}", "{{7, 6, 5, 4, 3, 2, 1}}", "same_bytes(&a, &b, 7)"),
    struct("two_longs", "{1, 2}", "{3, -4}", "a.x == b.x && a.y == b.y"),
    struct("long_char", "{1, 'a'}", "{3, 'b'}", "a.x == b.x && a.c == b.c"),
    struct("two_floats", "{1, 2}", "{3, -4}", "a.x == b.x && a.y == b.y"),
    struct("three_floats", "{1, 2, 3}", "{3, -4, 5}", "a.x == b.x && a.y == b.y && a.z == b.z"),
    struct("four_floats", "{{1, 2, 3, 4}}", "{{3, -4, 5, 6}}", "same_bytes(&a, &b, sizeof a)"),
    struct("two_doubles", "{1, 2}", "{3, -4}", "a.x == b.x && a.y == b.y"),
    struct("double_long", "{1, 2}", "{3, -4}", "a.x == b.x && a.y == b.y"),
    struct("long_double_", "{1, 2}", "{3, -4}", "a.x == b.x && a.y == b.y"),
    struct("float_int", "{1, 2}", "{3, -4}", "a.x == b.x && a.y == b.y"),
    struct("three_longs", "{1, 2, 3}", "{3, -4, 5}", "a.x == b.x && a.y == b.y && a.z == b.z"),
    struct("large", "{{1, 2, [39] = 3}}", "{{3, -4, [39] = 5}}", "same_bytes(&a, &b, sizeof a)"),
    struct("nested", "{{1, 2}, {'a', 3}}", "{{3, 4}, {'b', 5}}",
           "a.p.x == b.p.x && a.p.y == b.p.y && a.in.c == b.in.c && a.in.s == b.in.s"),
    struct("text", '{"a", 1}', '{"b", 2}', "a.text[0] == b.text[0] && a.n == b.n"),
    struct("bits", "{1, 2, -3}", "{4, 5, 6}", "a.a == b.a && a.b == b.b && a.c == b.c"),
    struct("with_union", "{1, {.i = 2}}", "{2, {.f = 3}}", "a.kind == b.kind && a.is.i == b.is.i"),
    struct("complex_in", "{1.5f + 2.5f * I}", "{-0.1f * I}", "a.z == b.z"),
    struct("two_long_doubles", "{1, 2}", "{3, -4}", "a.x == b.x && a.y == b.y"),
    struct("pointers", "{&near_number, twice}", "{&far_number, thrice}", "a.p == b.p && a.f == b.f"),
    Type("number", "union number %", ("(union number){.d = 1.5}", "(union number){.d = 2.5}"), "a.d == b.d"),
]



@dataclasses.dataclass
class Function:
    """One of libc's: how it is called, what it gives then, and what a mock is told."""

    name: str
    declared: str  # the fake's head, with a % for its name
    fake_result: str
    arguments: str
    told: str  # what the mock returns, and the fake: "" for nothing
    is_told: str  # whether `result` is that
    is_real: str  # whether `result` is what libc's own returns

    @property
    def fake(self):
        unused = " ".join(f"(void){name};" for name in self.parameters())
        head = self.declared.replace("%", f"fake_{self.name}")
        return f"static {head} {{\n    {unused}\n    return {self.told};\n}}\n"

    def parameters(self):
        inside = self.declared[self.declared.index("%(") + 2 :]
        return [] if inside.startswith("void)") else [f"p{i}" for i in range(1, 13) if f"p{i}" in inside]

    def told_by_mock(self):
        return f"mock_return({self.name}, {self.told});"

    def checked(self, way):
        lines = [
            f"__auto_type result = {self.name}({self.arguments});",
            f"assert({self.is_real if way == 'spy' else self.is_told});",
        ]
        if way != "patch":
            comma = ", " if self.arguments else ""
            lines.append(f"assert_called_once_with({self.name}{comma}{self.arguments});")
        return lines


def function(name, declared, arguments, told, is_told, is_real):
    return Function(name, declared, told, arguments, told, is_told, is_real)


LIBC_INCLUDES = """
#define DEFINES
#include <arpa/inet.h>
#include <complex.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>
static int by_value(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}
static int numbers[3] = {1, 2, 3};
static void handle(int signal) {
    (void)signal;
}
/* Variables: what is constant the compiler computes before any call is there. */
static double _Complex imaginary = 2.0 * I;
static long double _Complex imaginary_l = 2.0L * I;
static long double seven = 7;
static time_t epoch;
static struct stat status;
static char letters[] = "abc";
static struct sockaddr_in nowhere = {.sin_family = AF_INET};
"""

FLAGS = ["-std=gnu11", "-D_GNU_SOURCE"]
BUILTINS = ["csqrt", "csqrtl", "fmodl", "strlen"]

LIBC = [
    function("getpagesize", "int %(void)", "", "7", "result == 7", "result >= 4096"),
    function("isatty", "int %(int p1)", "-1", "1", "result == 1", "result == 0 && errno == EBADF"),
    function("sysconf", "long %(int p1)", "_SC_PAGESIZE", "-5", "result == -5", "result >= 4096"),
    function("umask", "__mode_t %(__mode_t p1)", "022", "0777", "result == 0777", "result != 0777"),
    function("wcwidth", "int %(wchar_t p1)", "L'a'", "5", "result == 5", "result == 1"),
    function("towupper", "wint_t %(wint_t p1)", "L'a'", "L'z'", "result == L'z'", "result == L'A'"),
    function("difftime", "double %(time_t p1, time_t p2)", "10, 4", "-0.5", "result == -0.5", "result == 6"),
    function("strtof", "float %(const char *restrict p1, char **restrict p2)", '"1.5", NULL', "-0.1f",
             "result == -0.1f", "result == 1.5f"),
    function("strtod", "double %(const char *restrict p1, char **restrict p2)", '"1.5", NULL', "-0.1",
             "result == -0.1", "result == 1.5"),
    function("strtold", "long double %(const char *restrict p1, char **restrict p2)", '"1.5", NULL', "-0.1L",
             "result == -0.1L", "result == 1.5L"),
    function("strtoull", "unsigned long long %(const char *restrict p1, char **restrict p2, int p3)",
             '"77", NULL, 8', "~0ull", "result == ~0ull", "result == 63"),
    function("strtoimax", "intmax_t %(const char *restrict p1, char **restrict p2, int p3)",
             '"-77", NULL, 10', "-1", "result == -1", "result == -77"),
    function("div", "div_t %(int p1, int p2)", "7, 2", "((div_t){1, 2})",
             "result.quot == 1 && result.rem == 2", "result.quot == 3 && result.rem == 1"),
    function("ldiv", "ldiv_t %(long p1, long p2)", "7, 2", "((ldiv_t){1, 2})",
             "result.quot == 1 && result.rem == 2", "result.quot == 3 && result.rem == 1"),
    function("inet_makeaddr", "struct in_addr %(in_addr_t p1, in_addr_t p2)", "127, 1",
             "((struct in_addr){5})", "result.s_addr == 5", "result.s_addr == inet_addr(\"127.0.0.1\")"),
    function("inet_ntoa", "char *%(struct in_addr p1)", "((struct in_addr){0})", '"mocked"',
             'strcmp(result, "mocked") == 0', 'strcmp(result, "0.0.0.0") == 0'),
    function("getenv", "char *%(const char *p1)", '"HOME_OF_NOBODY"', '"mocked"',
             'strcmp(result, "mocked") == 0', "result == NULL"),
    function("time", "time_t %(time_t *p1)", "NULL", "1234", "result == 1234", "result > 1600000000"),
    function("gmtime", "struct tm *%(const time_t *p1)", "&epoch", "NULL",
             "result == NULL", "result->tm_year == 70"),
    function("getpriority", "int %(enum __priority_which p1, id_t p2)", "PRIO_PROCESS, 0", "19",
             "result == 19", "result >= -20 && result < 20"),
    function("sigqueue", "int %(__pid_t p1, int p2, union sigval p3)", "0, -1, (union sigval){.sival_int = 5}",
             "3", "result == 3", "result == -1"),
    function("signal", "__sighandler_t %(int p1, __sighandler_t p2)", "-1, handle", "handle",
             "result == handle", "result == SIG_ERR"),
    function("bsearch", "void *%(const void *p1, const void *p2, size_t p3, size_t p4, __compar_fn_t p5)",
             "numbers + 1, numbers, 3, sizeof *numbers, by_value", "numbers",
             "result == numbers", "result == numbers + 1"),
    function("connect", "int %(int p1, const struct sockaddr *p2, socklen_t p3)",
             "-1, (struct sockaddr *)&nowhere, sizeof nowhere", "5", "result == 5",
             "result == -1 && errno == EBADF"),
    function("stat", "int %(const char *restrict p1, struct stat *restrict p2)",
             '"/nowhere/at/all", &status', "5", "result == 5", "result == -1 && errno == ENOENT"),
    function("csqrt", "double _Complex %(double _Complex p1)", "imaginary", "1.0 * I",
             "result == 1.0 * I", "creal(result * result) < 1e-9"),
    function("csqrtl", "long double _Complex %(long double _Complex p1)", "imaginary_l", "1.0L * I",
             "result == 1.0L * I", "creall(result * result) < 1e-9"),
    function("fmodl", "long double %(long double p1, long double p2)", "seven, 4.0L", "-7.0L",
             "result == -7", "result == 3"),
    function("strlen", "size_t %(const char *p1)", "letters", "7", "result == 7", "result == 3"),
]
