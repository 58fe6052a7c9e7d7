/* core_file.c: what a core file, or a program, says of itself: ELF files, read by hand. */
#define _GNU_SOURCE
#include "debug.h"

#include "../command.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/procfs.h>
#include <sys/stat.h>
#include <unistd.h>

typedef ElfW(Ehdr) elf_header;
typedef ElfW(Phdr) elf_segment;
typedef ElfW(Shdr) elf_section;
typedef ElfW(Nhdr) elf_note;
typedef ElfW(Sym) elf_symbol;
typedef ElfW(auxv_t) elf_auxiliary;

struct image {
    const unsigned char *data;
    size_t size;
};

/* ---- Reading ---- */

static bool open_image(struct image *image, const char *path) {
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    *image = (struct image){0};
    if (file < 0)
        return false;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        void *data = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
        if (data != MAP_FAILED)
            *image = (struct image){data, (size_t)status.st_size};
    }
    close(file);
    return true;
}

static void close_image(const struct image *image) {
    if (image->size)
        munmap((void *)(size_t)image->data, image->size);
}

/* Null where the file does not go so far. */
static const void *part(const struct image *image, size_t offset, size_t size) {
    return offset <= image->size && size <= image->size - offset ? image->data + offset : NULL;
}

/* Null: it is no ELF file as this system has them. */
static const elf_header *header_of(const struct image *image) {
    static const unsigned char class = sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32;
    const elf_header *header = part(image, 0, sizeof *header);
    bool is_elf = header && memcmp(header->e_ident, ELFMAG, SELFMAG) == 0 &&
                  header->e_ident[EI_CLASS] == class;
    return is_elf ? header : NULL;
}

/* With more than 65,534 the number is elsewhere. */
static size_t count_segments(const struct image *image) {
    const elf_header *header = header_of(image);
    const elf_section *first = part(image, header->e_shoff, sizeof *first);
    return header->e_phnum == PN_XNUM && first ? first->sh_info : header->e_phnum;
}

static const elf_segment *segment(const struct image *image, size_t index) {
    const elf_header *header = header_of(image);
    return part(image, header->e_phoff + index * header->e_phentsize, sizeof(elf_segment));
}

/* ---- Notes ---- */

struct note {
    const void *data;
    size_t size;
};

static size_t aligned(size_t size) {
    return (size + 3) & ~(size_t)3;
}

/* The first of that kind among notes that lie at one place. */
static struct note find_among(const struct image *image, size_t from, size_t size,
                              const char *owner, unsigned type) {
    size_t end = from + size;
    while (from < end) {
        const elf_note *note = part(image, from, sizeof *note);
        if (!note)
            break;
        size_t name = from + sizeof *note, data = name + aligned(note->n_namesz);
        const char *own = part(image, name, note->n_namesz);
        if (!own || !part(image, data, note->n_descsz))
            break;
        if (note->n_type == type && note->n_namesz == strlen(owner) + 1 &&
            memcmp(own, owner, note->n_namesz) == 0)
            return (struct note){image->data + data, note->n_descsz};
        from = data + aligned(note->n_descsz);
    }
    return (struct note){0};
}

static struct note find_note(const struct image *image, const char *owner, unsigned type) {
    struct note found = {0};
    for (size_t i = 0; i < count_segments(image) && !found.data; i++) {
        const elf_segment *notes = segment(image, i);
        if (notes && notes->p_type == PT_NOTE)
            found = find_among(image, notes->p_offset, notes->p_filesz, owner, type);
    }
    return found;
}

/* ---- Core files ---- */

bool is_core_file(const char *path) {
    struct image image;
    bool is_core =
        open_image(&image, path) && header_of(&image) && header_of(&image)->e_type == ET_CORE;
    close_image(&image);
    return is_core;
}

static size_t auxiliary(const struct image *core, size_t type) {
    struct note note = find_note(core, "CORE", NT_AUXV);
    const elf_auxiliary *values = note.data;
    for (size_t i = 0; i < note.size / sizeof *values; i++)
        if (values[i].a_type == type)
            return values[i].a_un.a_val;
    return 0;
}

/* The file that was mapped there. NT_FILE: how many, the size of a page; for each the start, the
 * end and the offset in pages; then the names. Null: none was. */
static const char *file_at(const struct image *core, size_t address, size_t *start) {
    struct note note = find_note(core, "CORE", NT_FILE);
    const size_t *words = note.data;
    size_t count = note.size >= 2 * sizeof *words ? words[0] : 0;
    if (count > note.size / (3 * sizeof *words))
        return NULL;
    const char *name = (const char *)(words + 2 + 3 * count);
    const char *end = (const char *)note.data + note.size;
    for (size_t i = 0; i < count && name < end; i++) {
        const size_t *range = words + 2 + 3 * i;
        if (range[0] <= address && address < range[1]) {
            *start = range[0] - range[2] * words[1];
            return memchr(name, '\0', (size_t)(end - name)) ? name : NULL;
        }
        name += strnlen(name, (size_t)(end - name)) + 1;
    }
    return NULL;
}

static const char *damage_of(const struct image *core) {
    static char text[128];
    for (size_t i = 0; i < count_segments(core); i++) {
        const elf_segment *each = segment(core, i);
        if (each && each->p_offset + each->p_filesz <= core->size)
            continue;
        snprintf(text, sizeof text,
                 each ? "it ends after %zu bytes, and %zu belong to it" : "it ends after %zu bytes",
                 core->size, each ? (size_t)(each->p_offset + each->p_filesz) : 0);
        return text;
    }
    return NULL;
}

static void read_notes(const struct image *core, struct core_file *file) {
    struct note process = find_note(core, "CORE", NT_PRPSINFO);
    struct note thread = find_note(core, "CORE", NT_PRSTATUS);
    if (process.size >= sizeof(prpsinfo_t)) {
        prpsinfo_t info;
        memcpy(&info, process.data, sizeof info);
        file->process = info.pr_pid;
        snprintf(file->name, sizeof file->name, "%.*s", (int)sizeof info.pr_fname, info.pr_fname);
    }
    if (thread.size >= sizeof(prstatus_t)) {
        prstatus_t status;
        memcpy(&status, thread.data, sizeof status);
        file->signal = status.pr_info.si_signo ? status.pr_info.si_signo : status.pr_cursig;
    }
    size_t start;
    const char *program = file_at(core, auxiliary(core, AT_PHDR), &start);
    if (program)
        snprintf(file->program, sizeof file->program, "%s", program);
}

bool read_core_file(const char *path, struct core_file *file) {
    struct image core;
    *file = (struct core_file){0};
    if (!open_image(&core, path)) {
        complain("%s: %s", path, strerror(errno));
        return false;
    }
    const elf_header *header = header_of(&core);
    bool is_core = header && header->e_type == ET_CORE;
    if (is_core) {
        read_notes(&core, file);
        file->damage = damage_of(&core);
    } else {
        complain("%s is no core file of this system", path);
    }
    close_image(&core);
    return is_core;
}

/* ---- Programs ---- */

/* The build's mark that the linker left, in the memory that the core has of it. */
static struct note build_in_core(const struct image *core) {
    size_t start = 0;
    if (!file_at(core, auxiliary(core, AT_PHDR), &start))
        return (struct note){0};
    for (size_t i = 0; i < count_segments(core); i++) {
        const elf_segment *memory = segment(core, i);
        if (!memory || memory->p_type != PT_LOAD || memory->p_vaddr != start)
            continue;
        const void *data = part(core, memory->p_offset, memory->p_filesz);
        struct image program = {data, data ? memory->p_filesz : 0};
        if (data && header_of(&program))
            return find_note(&program, "GNU", NT_GNU_BUILD_ID);
    }
    return (struct note){0};
}

static bool is_same_name(const char *core, const char *program) {
    struct core_file file;
    const char *slash = strrchr(program, '/');
    const char *name = slash ? slash + 1 : program;
    if (!read_core_file(core, &file) || !*file.name)
        return true;
    size_t length = strlen(file.name);
    return strncmp(name, file.name, length) == 0 && (name[length] == '\0' || length >= 15);
}

bool is_core_of(const char *core_path, const char *program_path) {
    struct image core, program;
    struct note of_core = {0}, of_program = {0};
    bool is_same;
    if (open_image(&core, core_path) && header_of(&core))
        of_core = build_in_core(&core);
    if (open_image(&program, program_path) && header_of(&program))
        of_program = find_note(&program, "GNU", NT_GNU_BUILD_ID);
    if (of_core.data && of_program.data)
        is_same = of_core.size == of_program.size &&
                  memcmp(of_core.data, of_program.data, of_core.size) == 0;
    else
        is_same = is_same_name(core_path, program_path);
    close_image(&core);
    close_image(&program);
    return is_same;
}

static bool names_symbol(const struct image *image, const elf_section *symbols,
                         const elf_section *strings, const char *name) {
    size_t size = strlen(name) + 1;
    for (size_t i = 0; i < symbols->sh_size / sizeof(elf_symbol); i++) {
        const elf_symbol *symbol =
            part(image, symbols->sh_offset + i * sizeof *symbol, sizeof *symbol);
        if (!symbol)
            return false;
        const char *own = part(image, strings->sh_offset + symbol->st_name, size);
        if (own && symbol->st_shndx != SHN_UNDEF && memcmp(own, name, size) == 0)
            return true;
    }
    return false;
}

static const elf_section *section(const struct image *image, size_t index) {
    const elf_header *header = header_of(image);
    return part(image, header->e_shoff + index * header->e_shentsize, sizeof(elf_section));
}

bool has_symbol(const char *path, const char *name) {
    struct image image;
    bool has = false;
    const elf_header *header = open_image(&image, path) ? header_of(&image) : NULL;
    for (size_t i = 0; header && i < header->e_shnum && !has; i++) {
        const elf_section *symbols = section(&image, i);
        if (!symbols || (symbols->sh_type != SHT_SYMTAB && symbols->sh_type != SHT_DYNSYM))
            continue;
        const elf_section *strings = section(&image, symbols->sh_link);
        has = strings && names_symbol(&image, symbols, strings, name);
    }
    close_image(&image);
    return has;
}

bool has_thimble(const char *path) {
    static const char library[] = "libthimble.so";
    struct image image;
    bool needs = open_image(&image, path) && header_of(&image) &&
                 memmem(image.data, image.size, library, strlen(library));
    close_image(&image);
    return needs || has_symbol(path, "thimble_debug_door");
}
