/* isolate_stubs.c: functions in the place of missing ones. */
#include "isolate.h"

#include <string.h>

/* A name that the linker has for a C function. */
static bool is_symbol(const char *name) {
    for (; *name; name++)
        if (!strchr("_.$", *name) && !(*name >= '0' && *name <= '9') &&
            !((*name | 0x20) >= 'a' && (*name | 0x20) <= 'z'))
            return false;
    return true;
}

/* The functions have names of their own in C: a compiler knows what is called `free`. */
void write_stubs(FILE *to, const struct names *names) {
    fputs(
        "/* Made by `thimble isolate`: functions that nothing in the link defines. They stand "
        "where\n"
        " * the runtime does, so that the way to a failure does not go through them. */\n"
        "#define STUB __attribute__((noreturn, section(\"thimble_text\")))\n"
        "extern void thimble_missing(const char *) __attribute__((weak));\n"
        "extern long write(int, const void *, unsigned long);\n"
        "extern void abort(void) __attribute__((noreturn));\n"
        "\n"
        "static STUB void missing(const char *name) {\n"
        "    static const char text[] = \" was called, and nothing in this link defines it\\n\";\n"
        "    unsigned long length = 0;\n"
        "    if (thimble_missing)\n"
        "        thimble_missing(name);\n"
        "    while (name[length])\n"
        "        length++;\n"
        "    if (write(2, name, length) < 0 || write(2, text, sizeof text - 1) < 0)\n"
        "        abort();\n"
        "    abort();\n"
        "}\n",
        to);
    for (size_t i = 0; i < names->count; i++) {
        const char *name = names->all[i];
        if (!is_symbol(name))
            continue;
        fprintf(to, "\nSTUB void missing_%zu(void) __asm__(\"%s\");\n", i, name);
        fprintf(to, "void missing_%zu(void) {\n    missing(\"%s\");\n}\n", i, name);
    }
}
