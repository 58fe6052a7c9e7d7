#include "../../../runtime/repr/repr.h"
#include "kit.h"

static struct kit kit;

static const char *declaration(uint32_t type, const char *name) {
    static struct text shown;
    shown = _thimble_growing_text();
    _thimble_repr_type(&shown, kit_unit(&kit), type, name);
    return shown.data;
}

void test_types(void) {
    kit_start(&kit, "types.c");
    uint32_t constant = kit_qualified(&kit, kit.int_, THIMBLE_CONST);
    uint32_t constant_pointer =
        kit_qualified(&kit, kit.const_string, THIMBLE_CONST | THIMBLE_RESTRICT);
    uint32_t array = kit_array(&kit, kit.string, 3);
    uint32_t table = kit_array(&kit, kit_array(&kit, kit.double_, 4), 3);
    uint32_t to_array = kit_pointer(&kit, kit_array(&kit, kit.int_, 3));
    uint32_t function = kit_function_type(
        &kit, kit.int_, THIMBLE_VARIADIC,
        MEMBERS(PARAMETER("format", kit.const_string), PARAMETER(NULL, kit.ulong)));
    uint32_t callback = kit_pointer(&kit, function);
    uint32_t nothing = kit_function_type(&kit, kit.void_, 0, NULL, 0);
    uint32_t old = kit_function_type(&kit, kit.void_, THIMBLE_UNPROTOTYPED, NULL, 0);
    uint32_t handlers = kit_array(&kit, kit_pointer(&kit, nothing), 2);
    /* void (*signal(int, void (*)(int)))(int) */
    uint32_t handler = kit_pointer(
        &kit, kit_function_type(&kit, kit.void_, 0, MEMBERS(PARAMETER(NULL, kit.int_))));
    uint32_t signal = kit_function_type(
        &kit, handler, 0, MEMBERS(PARAMETER(NULL, kit.int_), PARAMETER("f", handler)));
    uint32_t open = kit_array(&kit, kit.int_, 0);
    uint32_t record = kit_struct(&kit, "point", 8, 4, 0, NULL, 0);
    uint32_t unnamed = kit_union(&kit, NULL, 8, 4, 0, NULL, 0);
    uint32_t named = kit_typedef(&kit, "point_t", record);
    uint32_t complex = kit_complex(&kit, kit.float_);
    uint32_t circle = kit_typedef(&kit, "circle", 0);
    model_type_set(kit.model, circle,
                   &(struct model_type){.kind = THIMBLE_POINTER, .target = circle});
    kit_register(&kit);

    CHECK_TEXT(declaration(kit.int_, "x"), "int x");
    CHECK_TEXT(declaration(kit.ulong, ""), "unsigned long");
    CHECK_TEXT(declaration(kit.llong, "x"), "long long x");
    CHECK_TEXT(declaration(kit.ushort, "x"), "unsigned short x");
    CHECK_TEXT(declaration(kit.short_, "x"), "short x");
    CHECK_TEXT(declaration(kit.schar, "x"), "signed char x");
    CHECK_TEXT(declaration(kit.uint, "x"), "unsigned int x");
    CHECK_TEXT(declaration(kit.bool_, "x"), "_Bool x");
    CHECK_TEXT(declaration(kit.const_string, "name"), "const char *name");
    CHECK_TEXT(declaration(kit.const_string, ""), "const char *");
    CHECK_TEXT(declaration(constant, "x"), "const int x");
    CHECK_TEXT(declaration(constant_pointer, "x"), "const char *const restrict x");
    CHECK_TEXT(declaration(array, "names"), "char *names[3]");
    CHECK_TEXT(declaration(table, "m"), "double m[3][4]");
    CHECK_TEXT(declaration(to_array, "p"), "int (*p)[3]");
    CHECK_TEXT(declaration(function, "log"), "int log(const char *format, unsigned long, ...)");
    CHECK_TEXT(declaration(callback, "f"), "int (*f)(const char *format, unsigned long, ...)");
    CHECK_TEXT(declaration(callback, ""), "int (*)(const char *format, unsigned long, ...)");
    CHECK_TEXT(declaration(nothing, "f"), "void f(void)");
    CHECK_TEXT(declaration(old, "f"), "void f()");
    CHECK_TEXT(declaration(handlers, "h"), "void (*h[2])(void)");
    CHECK_TEXT(declaration(signal, "signal"), "void (*signal(int, void (*f)(int)))(int)");
    CHECK_TEXT(declaration(open, "data"), "int data[]");
    CHECK_TEXT(declaration(record, "p"), "struct point p");
    CHECK_TEXT(declaration(unnamed, "p"), "union {...} p");
    CHECK_TEXT(declaration(named, "p"), "point_t p");
    CHECK_TEXT(declaration(complex, "z"), "float _Complex z");
    CHECK_CONTAINS(declaration(circle, "c"), "(an unknown type) **");
}
