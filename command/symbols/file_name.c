/* file_name.c: a file's name as the compiler was given it, which is how a failed assert
 * spells it (__FILE__). Compilers write down a folder and a name below it, and split an
 * absolute path in two as they like: what was given has to be found out again. */
#include "symbols.h"

#include "core/naming.h"
#include <dwarf.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { PATH_SIZE = 8192 };

static const char *text_of(Dwarf_Die *unit, unsigned name) {
    Dwarf_Attribute attribute;
    const char *text = dwarf_formstring(dwarf_attr(unit, name, &attribute));
    return text ? text : "";
}

static void join(const char *folder, const char *name, char path[PATH_SIZE]) {
    bool joined = *name != '/' && *folder;
    snprintf(path, PATH_SIZE, "%s%s%s", joined ? folder : "", joined ? "/" : "", name);
}

/* Where the folder holds the path: what stands behind the folder, else null. */
static const char *below(const char *path, const char *folder) {
    size_t length = strlen(folder);
    bool is_below = length && strncmp(path, folder, length) == 0 && path[length] == '/';
    return is_below ? path + length + 1 : NULL;
}

/* The path as the compiler was given it, that ran in the folder on this source; null where
 * it has nothing to do with these. Who names sources by absolute paths names, most likely,
 * the folders of headers so, too. */
static const char *as_given_to(const char *path, const char *folder, const char *whole_source,
                               const char *source) {
    if (strcmp(path, whole_source) == 0)
        return source;
    return *source == '/' ? NULL : below(path, folder);
}

/* The same for what was compiled again at the link, and is named from the folder there. */
static const char *as_given_before(const char *path, const char *folder, const char *whole_source,
                                   const char *source) {
    static char tidy[3][PATH_SIZE];
    naming_tidy_path(path, tidy[0], PATH_SIZE);
    naming_tidy_path(folder, tidy[1], PATH_SIZE);
    naming_tidy_path(whole_source, tidy[2], PATH_SIZE);
    return as_given_to(tidy[0], tidy[1], tidy[2], source);
}

const char *file_as_given(const char *path, Dwarf_Die *unit, Dwarf_Die *origin) {
    static char whole[PATH_SIZE];
    char whole_source[PATH_SIZE];
    const char *here = text_of(unit, DW_AT_comp_dir), *folder = text_of(origin, DW_AT_comp_dir);
    const char *source = text_of(origin, DW_AT_name);
    if (!*folder) /* its descriptions are in a file of their own */
        folder = here;
    join(here, path, whole);
    join(folder, source, whole_source);
    bool at_link = strcmp(here, folder) != 0;
    const char *given =
        (at_link ? as_given_before : as_given_to)(whole, folder, whole_source, source);
    return given ? given : whole;
}
