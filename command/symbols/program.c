/* program.c: programs and what stands in them for debuggers. */
#include "symbols.h"

#include "../command.h"
#include "core/heap.h"
#include <dwarf.h>
#include <elfutils/libdwelf.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A unit's piece of code. */
struct range {
    Dwarf_Addr start, end;
    Dwarf_Die unit;  /* with the table of lines */
    Dwarf_Die split; /* with the functions, where they are in a file of their own */
    bool is_split;
};

struct program {
    char *path;
    Elf *elf;     /* null where the program can't be read */
    Dwarf *dwarf; /* null where nothing is there for debuggers */
    struct range *ranges;
    size_t range_count, range_capacity;
    struct program *next;
};

/* ---- Opening ---- */

static void add_ranges(struct program *program, Dwarf_Die *unit, Dwarf_Die *split) {
    Dwarf_Addr base, start, end;
    ptrdiff_t at = 0;
    while ((at = dwarf_ranges(unit, at, &base, &start, &end)) > 0) {
        /* Functions that the linker left out begin at 0. */
        if (start == 0)
            continue;
        program->ranges = heap_grow(program->ranges, &program->range_capacity,
                                    program->range_count + 1, sizeof *program->ranges);
        struct range *range = &program->ranges[program->range_count++];
        *range = (struct range){.start = start, .end = end, .unit = *unit};
        range->is_split = split && dwarf_tag(split) == DW_TAG_compile_unit;
        if (range->is_split)
            range->split = *split;
    }
}

static void read_units(struct program *program) {
    Dwarf_CU *unit = NULL;
    Dwarf_Die die, split;
    memset(&split, 0, sizeof split);
    while (dwarf_get_units(program->dwarf, unit, &unit, NULL, NULL, &die, &split) == 0) {
        add_ranges(program, &die, &split);
        memset(&split, 0, sizeof split);
    }
}

static void open_program(struct program *program) {
    int file = open(program->path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        complain("%s: %s", program->path, strerror(errno));
        return;
    }
    program->elf = elf_begin(file, ELF_C_READ_MMAP, NULL);
    if (!program->elf || elf_kind(program->elf) != ELF_K_ELF) {
        complain("%s is no program or shared library", program->path);
        elf_end(program->elf);
        close(file);
        program->elf = NULL;
        return;
    }
    program->dwarf = dwarf_begin_elf(program->elf, DWARF_C_READ, NULL);
    if (program->dwarf)
        read_units(program);
}

struct program *program_of(const char *path) {
    static struct program *programs;
    struct program *program = programs;
    while (program && strcmp(program->path, path) != 0)
        program = program->next;
    if (!program) {
        elf_version(EV_CURRENT);
        program = heap_new(sizeof *program);
        program->path = heap_copy_text(path, strlen(path));
        program->next = programs;
        programs = program;
        open_program(program);
    }
    return program->elf ? program : NULL;
}

size_t program_build_id(struct program *program, const unsigned char **bytes) {
    const void *found = NULL;
    ssize_t length = dwelf_elf_gnu_build_id(program->elf, &found);
    *bytes = found;
    return length > 0 ? (size_t)length : 0;
}

/* ---- Functions ---- */

/* The function that the address stands in, and in it those that were inlined there, each
 * in the one before. */
struct chain {
    Dwarf_Die functions[MOST_FRAMES];
    size_t count;
};

static void find_inlined(Dwarf_Die *block, Dwarf_Addr address, struct chain *chain) {
    Dwarf_Die child;
    if (dwarf_child(block, &child) != 0)
        return;
    do {
        int tag = dwarf_tag(&child);
        bool inlined = tag == DW_TAG_inlined_subroutine;
        if ((!inlined && tag != DW_TAG_lexical_block && tag != DW_TAG_try_block &&
             tag != DW_TAG_catch_block) ||
            dwarf_haspc(&child, address) <= 0)
            continue;
        if (inlined && chain->count < MOST_FRAMES)
            chain->functions[chain->count++] = child;
        find_inlined(&child, address, chain);
        return;
    } while (dwarf_siblingof(&child, &child) == 0);
}

/* Those inside of functions and namespaces are looked at only where `deep`. */
static bool find_function(Dwarf_Die *parent, Dwarf_Addr address, bool deep, struct chain *chain) {
    Dwarf_Die child;
    if (dwarf_child(parent, &child) != 0)
        return false;
    do {
        if (dwarf_tag(&child) == DW_TAG_subprogram && dwarf_haspc(&child, address) > 0) {
            chain->functions[chain->count++] = child;
            find_inlined(&child, address, chain);
            return true;
        }
        if (deep && find_function(&child, address, true, chain))
            return true;
    } while (dwarf_siblingof(&child, &child) == 0);
    return false;
}

/* The unit from whose source the function came. */
static Dwarf_Die origin_of(Dwarf_Die function) {
    Dwarf_Attribute attribute;
    Dwarf_Die unit;
    while (dwarf_attr(&function, DW_AT_abstract_origin, &attribute) ||
           dwarf_attr(&function, DW_AT_specification, &attribute)) {
        Dwarf_Die origin;
        if (!dwarf_formref_die(&attribute, &origin))
            break;
        function = origin;
    }
    dwarf_diecu(&function, &unit, NULL, NULL);
    return unit;
}

static int number_of(Dwarf_Die *die, unsigned name) {
    Dwarf_Attribute attribute;
    Dwarf_Word value;
    return dwarf_formudata(dwarf_attr(die, name, &attribute), &value) == 0 ? (int)value : 0;
}

/* Where the inlined function's call stands. */
static const char *call_file(Dwarf_Die *inlined) {
    Dwarf_Die unit;
    Dwarf_Files *files;
    size_t count;
    if (!dwarf_diecu(inlined, &unit, NULL, NULL) || dwarf_getsrcfiles(&unit, &files, &count) != 0)
        return NULL;
    return dwarf_filesrc(files, (size_t)number_of(inlined, DW_AT_call_file), NULL, NULL);
}

/* ---- Symbols ---- */

static const char *name_in_table(Elf *elf, Elf_Scn *section, const GElf_Shdr *header,
                                 GElf_Addr address) {
    Elf_Data *data = elf_getdata(section, NULL);
    size_t count = header->sh_entsize ? header->sh_size / header->sh_entsize : 0;
    for (size_t i = 0; data && i < count; i++) {
        GElf_Sym symbol;
        if (gelf_getsym(data, (int)i, &symbol) && GELF_ST_TYPE(symbol.st_info) == STT_FUNC &&
            symbol.st_shndx != SHN_UNDEF && address >= symbol.st_value &&
            address - symbol.st_value < symbol.st_size)
            return elf_strptr(elf, header->sh_link, symbol.st_name);
    }
    return NULL;
}

/* The function's name as the source has it: without ".cold", ".part.0" and the like. */
static const char *plain_name(const char *symbol) {
    static char name[1024];
    size_t length = symbol[0] ? 1 + strcspn(symbol + 1, ".") : 0;
    if (length >= sizeof name)
        return symbol;
    memcpy(name, symbol, length);
    name[length] = '\0';
    return name;
}

/* For code without anything for debuggers. */
static const char *symbol_at(Elf *elf, GElf_Addr address) {
    Elf_Scn *section = NULL;
    while ((section = elf_nextscn(elf, section))) {
        GElf_Shdr header;
        if (!gelf_getshdr(section, &header) ||
            (header.sh_type != SHT_SYMTAB && header.sh_type != SHT_DYNSYM))
            continue;
        const char *name = name_in_table(elf, section, &header, address);
        if (name)
            return plain_name(name);
    }
    return NULL;
}

/* ---- Frames ---- */

/* `origin` is the unit that the function came from. */
static struct frame make_frame(const char *function, const char *path, int line, Dwarf_Die *unit,
                               Dwarf_Die *origin) {
    /* A frame's texts stay as long as the answer is made. */
    static char *names[MOST_FRAMES];
    static size_t next;
    struct frame frame = {.function = function};
    if (!path || line <= 0)
        return frame;
    const char *file = file_as_given(path, unit, origin);
    free(names[next]);
    frame.file = names[next] = heap_copy_text(file, strlen(file));
    frame.line = line;
    next = (next + 1) % MOST_FRAMES;
    return frame;
}

/* Compilers may leave out functions into which nothing was inlined: of these there are
 * lines, and a symbol. */
static size_t make_frames(const struct program *program, struct range *range, struct chain *chain,
                          Dwarf_Addr address, struct frame frames[MOST_FRAMES]) {
    Dwarf_Line *line = dwarf_getsrc_die(&range->unit, address);
    const char *path = line ? dwarf_linesrc(line, NULL, NULL) : NULL;
    int number = 0;
    if (line && dwarf_lineno(line, &number) != 0)
        number = 0;
    if (chain->count == 0) {
        Dwarf_Die *unit = range->is_split ? &range->split : &range->unit;
        frames[0] = make_frame(symbol_at(program->elf, address), path, number, &range->unit, unit);
        return 1;
    }
    size_t count = 0;
    for (size_t i = chain->count; i-- > 0;) {
        Dwarf_Die *function = &chain->functions[i], origin = origin_of(*function);
        frames[count++] = make_frame(dwarf_diename(function), path, number, &range->unit, &origin);
        path = i ? call_file(function) : NULL;
        number = number_of(function, DW_AT_call_line);
    }
    return count;
}

size_t program_frames(struct program *program, Dwarf_Addr address,
                      struct frame frames[MOST_FRAMES]) {
    for (size_t i = 0; i < program->range_count; i++) {
        struct range *range = &program->ranges[i];
        if (address < range->start || address >= range->end)
            continue;
        struct chain chain = {.count = 0};
        Dwarf_Die *functions = range->is_split ? &range->split : &range->unit;
        if (!find_function(functions, address, false, &chain))
            find_function(functions, address, true, &chain);
        return make_frames(program, range, &chain, address, frames);
    }
    frames[0] = (struct frame){.function = symbol_at(program->elf, address)};
    return frames[0].function != NULL;
}
