"""The types and values that the round trip is made of: every kind of scalar, crossed with
the ways in which C builds types from others."""

import subprocess
import sys

# What all programs begin with.
PRELUDE = r"""
#include <thimble.h>
#include <complex.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>
#include <wchar.h>

enum color { RED = 1, GREEN = 2, BLUE = 4 };
enum day { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };
enum sign { MINUS = -1, NONE, PLUS };
enum wide { HUGE_ONE = 0x8000000000000000UL, SMALL = 1 };
typedef enum { LIGHT, DARK } shade;
struct point { int x, y; };
struct node { int value; struct node *next; };
typedef struct { char first, second; } pair;
union value { int number; double real; };
typedef int operation(int);
typedef int v4si __attribute__((vector_size(16)));
typedef double v2df __attribute__((vector_size(16)));
typedef unsigned char v8qi __attribute__((vector_size(8)));

extern struct point spot, spots[4];
extern short numbers[10];
int twice(int), thrice(int);

/* Of zeros the sign too, and any NaN of one sign is like another. */
#define ALIKE(name, T, size) \
    static inline int name(T a, T b) { \
        return memcmp(&a, &b, size) == 0 || (a != a && b != b && !signbit(a) == !signbit(b)); \
    }
ALIKE(same_float, float, 4)
ALIKE(same_double, double, 8)
ALIKE(same_long_double, long double, 10)

static inline int same_u16(const char16_t *a, const char16_t *b) {
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}
"""

# A check that says what does not hold and goes on.
HOLDS = r"""
#include <stdio.h>
static int different;
#define HOLDS(e) ((e) ? (void)0 : (void)(different++, printf("%s: not %s\n", __func__, #e)))
"""

OBJECTS = """
struct point spot = {1, 2}, spots[4];
short numbers[10];
int twice(int x) { return 2 * x; }
int thrice(int x) { return 3 * x; }
"""


class Kind:
    """A type, some of its values as C initialises them, and how its objects *a and *b are
    compared. `declarator` has @ where a name goes. `only` says which compilers have it,
    each from which version on.
    `plain`: no byte is padding or part of a pointer."""

    known = []

    def __init__(self, group, declarator, values, equal, only=None, plain=True, definition=""):
        self.number = len(Kind.known)
        self.group, self.values, self.equal = group, values, equal
        self.declarator = declarator if "@" in declarator else declarator + " @"
        self.only, self.plain, self.definition = only, plain, definition
        Kind.known.append(self)

    def declare(self, name):
        return self.declarator.replace("@", name)

    def same(self, a, b):
        return f"same_{self.number}({a}, {b})"

    def function(self):
        return (
            f"static inline int same_{self.number}(const void *one, const void *other) {{\n"
            f"    {self.declare('*a')} = (void *)one;\n    {self.declare('*b')} = (void *)other;\n"
            f"    (void)a, (void)b;\n    return {self.equal};\n}}\n"
        )


def version_of(cc):
    """("gcc", 12)"""
    text = subprocess.check_output([cc, "--version"], text=True)
    version = subprocess.check_output([cc, "-dumpversion"], text=True)
    return "clang" if "clang" in text else "gcc", int(version.split(".")[0])


def is_for(kind, version):
    family, number = version
    return not kind.only or number >= kind.only.get(family, sys.maxsize)


# ---- Scalars ----

INTEGERS = {
    "_Bool": ["0", "1"],
    "char": ["'a'", r"'\a'", r"'\''", r"'\\'", r"'\0'", "-1", "'\"'"],
    "signed char": ["-128", "127"],
    "unsigned char": ["255", "7"],
    "short": ["-32768", "5"],
    "unsigned short": ["65535"],
    "int": ["5", "-1", "-2147483647 - 1"],
    "unsigned int": ["4294967295U"],
    "long": ["-7L", "-9223372036854775807L - 1"],
    "unsigned long": ["5UL", "18446744073709551615UL"],
    "long long": ["123456789012345LL", "-9223372036854775807LL - 1"],
    "unsigned long long": ["18446744073709551615ULL"],
    "__int128": [
        "-3",
        "(__int128)1 << 100",
        "3 - ((__int128)1 << 100)",
        "-((__int128)1 << 126) - ((__int128)1 << 126)",
        "(__int128)18446744073709551615ULL",
    ],
    "unsigned __int128": ["~(unsigned __int128)0", "5"],
}

CHARACTERS = {
    "wchar_t": ["L'a'", r"L'\xd800'", "0x10ffff", "-1", "0xe9", r"L'\n'"],
    "char16_t": ["u'a'", "0xd800", "0xffff", "0x20ac"],
    "char32_t": ["U'a'", "0x1f600", "0x110000", "0x200b"],
}

ENUMS = {
    "enum color": ["RED", "RED | BLUE", "7", "64", "RED | (enum color)64", "0"],
    "enum day": ["TUESDAY", "9"],
    "enum sign": ["MINUS", "-7"],
    "enum wide": ["HUGE_ONE", "3"],
    "shade": ["DARK", "5"],
}

REALS = {
    "float": ["0.1f", "-0.0f", "3.4028235e38f", "1e-45f", "INFINITY", "-INFINITY", "NAN", "16777216.0f"],
    "double": ["0.1", "-0.0", "1.7976931348623157e308", "5e-324", "1.0/3", "1e22", "-INFINITY", "-NAN"],
    "long double": ["0.1L", "-0.0L", "1.189731495357231765e4932L", "3.6e-4951L", "1.0L/3", "-NAN"],
    "__float128": ["0.1Q", "-0.0Q", "1.0Q/3", "6.5e-4966Q", "1.18973149535723176508575932662800702e4932Q"],
}

COMPLEX = {
    "float": ["1.0f + 2.0fi", "__builtin_complex(0.1f, (float)INFINITY)"],
    "double": [
        "1.0 - 0.5i",
        "__builtin_complex(-0.0, 1.0)",
        "__builtin_complex(1.0, -0.0)",
        "__builtin_complex((double)INFINITY, -1.0)",
        "__builtin_complex((double)NAN, 1.0)",
    ],
    "long double": ["0.1L - 3.0Li"],
}

DECIMALS = {
    "_Decimal32": ["1.20df", "-5e10df", "0.001df", "9999999e90df"],
    "_Decimal64": ["0.1dd", "-123456789.25dd", "__builtin_infd64()"],
    "_Decimal128": ["0.1dl", "9.999999999999999999999999999999999e6144dl"],
}

BIT_INTS = {
    "_BitInt(17)": ["-5", "65535"],
    "unsigned _BitInt(100)": ["((unsigned _BitInt(100))1 << 99) + 7", "3"],
    "_BitInt(128)": ["-((_BitInt(128))1 << 126) - ((_BitInt(128))1 << 126)"],
}


def make_scalars():
    for group, table in (("integers", INTEGERS), ("characters", CHARACTERS), ("enums", ENUMS)):
        for name, values in table.items():
            Kind(group, name, values, "*a == *b")
    for name, values in REALS.items():
        same = f"same_{name.replace(' ', '_')}(*a, *b)" if name != "__float128" else "!memcmp(a, b, 16)"
        Kind("floating point", name, values, same, plain=name != "long double")
    Kind("floating point", "_Float16", ["0.1f16", "65504.0f16", "6e-8f16", "INFINITY", "-0.0f16"],
         "!memcmp(a, b, 2)", only={"gcc": 12, "clang": 15})
    for part, values in COMPLEX.items():
        same = f"same_{part.replace(' ', '_')}"
        Kind("complex", f"_Complex {part}", values,
             f"{same}(__real__ *a, __real__ *b) && {same}(__imag__ *a, __imag__ *b)", plain=False)
    Kind("complex", "_Complex int", ["5 - 3i", "-1 + 0i"], "*a == *b", plain=False)
    for name, values in DECIMALS.items():
        Kind("decimals", name, values, "!memcmp(a, b, sizeof *a)", only={"gcc": 0})
    for name, values in BIT_INTS.items():
        Kind("bit-precise", name, values, "*a == *b", only={"clang": 14}, plain=False)


# ---- Pointers ----

STRINGS = ["NULL", '"5"', '""', r'"a\n\t\"\\\033\1771"', r'"K\303\266ln \377"', r'"what?\?!"',
           r'"\x01" "1"', r'"\342\200\213\302\205"']
WIDE = {
    "wchar_t": [r'L"w\x20ac\x110000" L"af"', 'L""'],
    "char16_t": [r'u"\xd800" u"a\xd83d\xde00"'],
    "char32_t": [r'U"x\x1f600\777"'],
}
SCALAR_TARGETS = {"int": "5", "double": "0.1", "_Bool": "1", "enum color": "RED | BLUE",
                  "long double": "1.5L"}


def pointer(group, declarator, values, equal):
    Kind(group, declarator, values, equal, plain=False)


def make_pointers():
    pointer("strings", "const char *", STRINGS, "*a == *b || (*a && *b && !strcmp(*a, *b))")
    pointer("strings", "char *", ['"Spot"'], "!strcmp(*a, *b)")
    pointer("strings", "const unsigned char *", ['(const unsigned char *)"text"'],
            "!strcmp((const char *)*a, (const char *)*b)")
    for name, values in WIDE.items():
        same = "same_u16(*a, *b)" if name == "char16_t" else "!wcscmp((wchar_t *)*a, (wchar_t *)*b)"
        pointer("strings", f"const {name} *", values, same)
    for name, value in SCALAR_TARGETS.items():
        pointer("pointers", f"{name} *", ["NULL", f"&({name}){{{value}}}"],
                "!*a == !*b && (!*a || **a == **b)")
    pointer("pointers", "_Atomic int *", ["(_Atomic int *)&(int){3}"], "**a == **b")
    pointer("pointers", "char **", ['&(char *){"x"}'], "!strcmp(**a, **b)")
    pointer("pointers", "int (*@)[3]", ["&(int[3]){1, 2, 3}"], "!memcmp(*a, *b, 12)")
    pointer("pointers", "char (*@)[8]", ['&(char[8]){"Spot"}'], "!memcmp(*a, *b, 8)")
    pointer("pointers", "struct point *", ["&spot", "&spots[2]", "&(struct point){3, 4}", "NULL"],
            "*a == *b || ((*a)->x == (*b)->x && (*a)->y == (*b)->y)")
    pointer("pointers", "int *const *", ["&(int *const){&(int){7}}"], "***a == ***b")
    pointer("pointers", "const short *", ["&numbers[3]"], "*a == *b")
    pointer("pointers", "void *", ["NULL", "&spot", "&numbers[1]", "(void *)0x10"], "*a == *b")
    pointer("pointers", "struct node *", ["&(struct node){1, &(struct node){2, NULL}}"],
            "(*a)->next->value == (*b)->next->value && !(*b)->next->next")
    pointer("pointers", "pair *", ["&(pair){1, 2}"], "(*a)->first == (*b)->first")
    pointer("pointers", "union value *", ["&(union value){.real = 0.5}"], "(*a)->real == (*b)->real")
    pointer("functions", "int (*@)(int)", ["twice", "NULL"], "*a == *b")
    pointer("functions", "operation *", ["thrice"], "*a == *b")
    pointer("functions", "void *(*@)(size_t)", ["malloc"], "*a == *b")
    pointer("functions", "int (*(*@))(int)", ["&(int (*)(int)){twice}"], "**a == **b")


# ---- Types built from others ----


def built(group, shape, values, equal, parts=(), plain=False):
    """`shape` has @ where the new type's name goes."""
    name = f"t{len(Kind.known)}"
    only = next((part.only for part in parts if part.only), None)
    return Kind(group, name, values, equal, only, plain, shape.replace("@", name))


def array_of(kind, values, count, group="arrays"):
    same = " && ".join(kind.same(f"*a + {i}", f"*b + {i}") for i in range(count))
    return built(group, f"typedef {kind.declare(f'@[{count}]')};", values, same, [kind], kind.plain)


def struct_of(group, parts, values, before="struct", behind=""):
    """A struct of these kinds; its name is a typedef for one that has none."""
    fields = " ".join(f"{kind.declare(f'f{i}')};" for i, kind in enumerate(parts))
    same = " && ".join(kind.same(f"&a->f{i}", f"&b->f{i}") for i, kind in enumerate(parts))
    return built(group, f"typedef {before} {{ {fields} }} {behind}@;", values, same, parts)


def struct_with_padding(kind):
    char, integer = find("char"), find("int")
    return struct_of("structs", [char, kind, integer], [f"{{'x', {v}, 7}}" for v in kind.values[:2]])


def find(declarator):
    return next(kind for kind in Kind.known if kind.declare("").strip() == declarator)


def make_cross():
    for kind in list(Kind.known):
        first, last = kind.values[0], kind.values[-1]
        array_of(kind, [f"{{{first}, {last}, {first}}}"], 3)
        struct_with_padding(kind)
        inner = struct_of("structs in structs", [kind], [f"{{{last}}}"])
        struct_of("structs in structs", [inner, inner], [f"{{{{{first}}}, {{{last}}}}}"])
        if kind.plain:
            make_union(kind)


def make_union(kind):
    """One in which the kind is as good as all of it, and one where a larger member is."""
    byte = "unsigned char bytes[32];"
    same = "!memcmp(a, b, sizeof *a)"
    built("unions", f"typedef union {{ {kind.declare('it')}; {byte} }} @;",
          [f"{{.it = {kind.values[0]}}}", "{.bytes = {1, [31] = 2}}"], same, [kind], True)


BIT_FIELDS = [
    ("unsigned", 3, "5"), ("int", 5, "-3"), ("enum color", 3, "GREEN"), ("_Bool", 1, "1"),
    ("unsigned long", 40, "123456789012"), ("signed char", 7, "-64"), ("unsigned char", 8, "200"),
    ("long long", 64, "-5"), ("char", 6, "'\\a'"), ("short", 9, "-256"),
]


def make_bit_fields():
    for before, gap in (("struct", ""), ("struct __attribute__((packed))", ""), ("struct", "unsigned : 4;")):
        fields = f" {gap}".join(f"{name} f{i} : {width};" for i, (name, width, _) in enumerate(BIT_FIELDS))
        same = " && ".join(f"a->f{i} == b->f{i}" for i in range(len(BIT_FIELDS)))
        all_set = "{" + ", ".join(value for _, _, value in BIT_FIELDS) + "}"
        built("bit-fields", f"typedef {before} {{ {fields} }} @;", [all_set, "{1}"], same)
    for name, width, value in BIT_FIELDS:
        built("bit-fields", f"struct @ {{ char before; {name} f : {width}; char behind; }};\ntypedef struct @ @;",
              [f"{{'x', {value}, 'y'}}"], "a->before == b->before && a->f == b->f && a->behind == b->behind")
        built("bit-fields", f"typedef union {{ {name} f : {width}; unsigned long all; }} @;",
              [f"{{.f = {value}}}", "{.all = 0x123456789abcdefUL}"], "!memcmp(a, b, sizeof *a)")


def make_shapes():
    """What the cross does not come to."""
    bytes_same = "!memcmp(a, b, sizeof *a)"
    text = ['"Spot"', '""', '"12345678"', r'"ab\0001ef"', r'"\0x"']
    array = built("arrays", "typedef char @[8];", text, bytes_same)
    built("arrays", "typedef wchar_t @[4];", ['L"ab"', r'L"\x110000" L"abc"'], bytes_same)
    built("arrays", "typedef char16_t @[4];", [r'u"\xd800" u"b"'], bytes_same)
    built("arrays", "typedef char32_t @[3];", ['U"abc"'], bytes_same)
    built("arrays", "typedef unsigned char @[4];", ["{1, 2, 3, 255}"], bytes_same)
    built("arrays", "typedef int @[200];", ["{1, 2, [50 ... 99] = 7, 8}", "{0}"], bytes_same)
    built("arrays", "typedef struct point @[20];", ["{{1, 2}, [3 ... 15] = {3, 4}}"], bytes_same)
    built("arrays of arrays", "typedef int @[2][3];", ["{{1, 2, 3}, {4, 5, 6}}"], bytes_same)
    built("arrays of arrays", "typedef char @[3][8];", ['{"a", "", "12345678"}'], bytes_same)
    built("arrays of arrays", "typedef int @[2][2][2];", ["{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}"], bytes_same)
    built("arrays of arrays", "typedef double @[2][10];", ["{{1.5}, {[2 ... 9] = 0.1}}"], bytes_same)
    built("structs", "typedef struct { char name[8]; char *sound; char row[2][4]; } @;",
          ['{"Spot", "wuff", {"ab", "abcd"}}'],
          "!memcmp(a->name, b->name, 8) && !strcmp(a->sound, b->sound) && !memcmp(a->row, b->row, 8)")
    built("structs", "typedef struct { int kind; union { int number; float real; }; struct { short x; struct { char y; }; }; } @;",
          ["{.kind = 1, .number = 5, .x = 3, .y = 'z'}", "{.kind = 2, .real = 0.5f}"],
          "a->kind == b->kind && a->number == b->number && a->x == b->x && a->y == b->y")
    built("structs", "typedef struct { union { struct { int a, b; }; long both; }; int last; } @;",
          ["{.a = 1, .b = 2, .last = 3}"], "a->both == b->both && a->last == b->last")
    built("structs", "typedef struct __attribute__((packed)) { char a; int b; double c; } @;",
          ["{'x', -5, 0.1}"], bytes_same)
    built("structs", "typedef struct { char a; _Alignas(64) int b; } @;", ["{1, 2}"],
          "a->a == b->a && a->b == b->b")
    built("structs", "typedef struct { int n; struct {} nothing; int last; } @;", ["{1, {}, 2}"],
          "a->n == b->n && a->last == b->last")
    built("structs", "typedef struct { } @;", ["{}"], "a && b")
    built("structs", "typedef struct { _Atomic int a; _Atomic(char *) s; const volatile int c; } @;",
          ['{5, "x", 3}'], "a->a == b->a && !strcmp(a->s, b->s) && a->c == b->c")
    built("structs", "typedef struct { int n; char rest[]; } @;", ["{4}"], "a->n == b->n")
    built("structs", "struct @ { int a; struct @ *next; enum { YES_@ = 3, NO_@ } e; };\ntypedef struct @ @;",
          ["{1, &(struct @){2, NULL, 4}, 3}"],
          "a->a == b->a && a->next->e == b->next->e && a->e == b->e && !b->next->next")
    built("unions", "typedef union { char small; struct { int a; char b; } pair; double real; } @;",
          ["{.small = 'x'}", "{.pair = {5, 'y'}}", "{.real = 1e300}"], bytes_same)
    built("unions", "typedef union { float f; unsigned bits; } @;",
          ["{.f = 0.5f}", "{.bits = 0x7fc00001}", "{.bits = 0xffffffff}"], bytes_same)
    built("unions", "typedef union { _Bool b; unsigned char byte; } @;", ["{1}", "{.byte = 7}"], bytes_same)
    built("unions", "typedef union { char *text; unsigned long bits; } @;", ["{.bits = 3}", "{NULL}"], bytes_same)
    built("unions", "typedef union { struct { char t; union { short s; int i; }; } in; long all[2]; } @;",
          ["{.in = {'x', .i = 70000}}", "{.all = {-1, -1}}"], bytes_same)
    for vector, values in {"v4si": "{1, -2, 3, 4}", "v2df": "{0.1, -0.0}", "v8qi": "{1, [1 ... 6] = 0, 9}"}.items():
        Kind("vectors", vector, [values.replace("[1 ... 6] = 0", "0, 0, 0, 0, 0, 0")], bytes_same)
        built("vectors", f"typedef struct {{ {vector} v; }} @;", [f"{{{values.replace('[1 ... 6] = 0', '0, 0, 0, 0, 0, 0')}}}"], bytes_same)
    return array


def all_kinds():
    make_scalars()
    make_pointers()
    make_cross()
    make_bit_fields()
    make_shapes()
    return Kind.known
