#include "own_modules.h"

#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/auxv.h>

#include "../base/maps.h"
#include "../base/peek.h"
#include "../base/text.h"

struct own_module {
    uintptr_t start, end;
    uint32_t path;   /* string of the builder's */
    uint32_t number; /* in the builder; SNAPSHOT_NONE: not yet there */
};

extern const char __start_thimble_text[] __attribute__((weak, visibility("hidden")));
extern const char __stop_thimble_text[] __attribute__((weak, visibility("hidden")));

/* ---- Reading the file's headers, as they lie in memory ---- */

enum { MOST_NOTES = 4 };
struct headers {
    uintptr_t bias; /* what was added to the linker's addresses */
    struct {
        uintptr_t start, end;
    } notes[MOST_NOTES]; /* one for each alignment, as a rule */
    unsigned note_count;
};

static bool read_headers(uintptr_t start, struct headers *headers) {
    ElfW(Ehdr) file;
    *headers = (struct headers){.bias = start};
    if (_thimble_peek(&file, (const void *)start, sizeof(file)) != sizeof(file) ||
        memcmp(file.e_ident, ELFMAG, SELFMAG) != 0)
        return false;
    ElfW(Phdr) segment;
    for (unsigned pass = 0; pass < 2; pass++) {
        for (unsigned i = 0; i < file.e_phnum; i++) {
            const void *at = (const void *)(start + file.e_phoff + i * file.e_phentsize);
            if (_thimble_peek(&segment, at, sizeof(segment)) != sizeof(segment))
                return true;
            if (pass == 0 && segment.p_type == PT_LOAD && segment.p_offset == 0)
                headers->bias = start - segment.p_vaddr;
            if (pass == 1 && segment.p_type == PT_NOTE && headers->note_count < MOST_NOTES) {
                uintptr_t notes = headers->bias + segment.p_vaddr;
                headers->notes[headers->note_count].start = notes;
                headers->notes[headers->note_count++].end = notes + segment.p_memsz;
            }
        }
    }
    return true;
}

static bool put_build_id(struct text *text, uintptr_t at, uintptr_t end) {
    struct {
        ElfW(Nhdr) header;
        char name[4];
        unsigned char id[64];
    } note;
    while (at < end) {
        size_t there = _thimble_peek(&note, (const void *)at, sizeof(note));
        if (there < sizeof(note.header) + sizeof(note.name))
            return false;
        if (note.header.n_type == NT_GNU_BUILD_ID && memcmp(note.name, "GNU", 4) == 0) {
            for (size_t i = 0; i < note.header.n_descsz && i < sizeof(note.id); i++)
                _thimble_printf(text, "%02x", note.id[i]);
            return true;
        }
        at += sizeof(note.header) + ((note.header.n_namesz + 3u) & ~3u) +
              ((note.header.n_descsz + 3u) & ~3u);
    }
    return false;
}

/* ---- Finding them ---- */

static void cut_deleted(char *path) {
    static const char deleted[] = " (deleted)";
    size_t length = strlen(path);
    if (length >= sizeof(deleted) && strcmp(path + length - sizeof(deleted) + 1, deleted) == 0)
        path[length - sizeof(deleted) + 1] = '\0';
}

static struct own_module *modules_of(const struct own_modules *modules, size_t *count) {
    *count = modules->found.used / sizeof(struct own_module);
    return (struct own_module *)modules->found.data;
}

static struct own_module *module_at(const struct own_modules *modules, uintptr_t address) {
    size_t count;
    struct own_module *found = modules_of(modules, &count);
    for (size_t i = 0; i < count; i++) {
        if (address >= found[i].start && address < found[i].end)
            return &found[i];
    }
    return NULL;
}

static void add_map(struct own_modules *modules, struct builder *builder,
                    const struct map_line *line) {
    char path[4096];
    size_t count;
    struct own_module *found = modules_of(modules, &count);
    struct text copy = _thimble_text(path, sizeof(path));
    if (line->inode == 0 || line->path[0] != '/')
        return;
    _thimble_puts(&copy, line->path);
    cut_deleted(path);
    uint32_t name = _thimble_build_string(builder, path);
    if (count && found[count - 1].path == name && line->offset != 0) {
        found[count - 1].end = line->end;
        return;
    }
    struct own_module *module =
        line->offset == 0 ? _thimble_pile_add(&modules->found, sizeof(*module)) : NULL;
    if (module)
        *module = (struct own_module){line->start, line->end, name, SNAPSHOT_NONE};
}

static void put_into(struct own_module *module, struct builder *builder) {
    struct headers headers;
    char buffer[160];
    struct text id = _thimble_text(buffer, sizeof(buffer));
    if (module->number != SNAPSHOT_NONE || !read_headers(module->start, &headers))
        return;
    for (unsigned i = 0; i < headers.note_count; i++)
        if (put_build_id(&id, headers.notes[i].start, headers.notes[i].end))
            break;
    const struct snapshot_module copy = {module->path, _thimble_build_string(builder, id.data),
                                         module->start, module->end};
    module->number = _thimble_build_module(builder, &copy);
}

static void find_ours(struct own_modules *modules, const struct own_module *program) {
    const struct own_module *own = module_at(modules, (uintptr_t)_thimble_find_own_modules);
    if (__start_thimble_text) {
        modules->ours[0] = (uintptr_t)__start_thimble_text;
        modules->ours[1] = (uintptr_t)__stop_thimble_text;
    } else if (own && own != program) {
        modules->ours[0] = own->start;
        modules->ours[1] = own->end;
    }
}

void _thimble_find_own_modules(struct own_modules *modules, struct builder *builder) {
    struct maps maps;
    struct map_line line;
    if (!_thimble_open_maps(&maps))
        return;
    while (_thimble_next_map(&maps, &line))
        add_map(modules, builder, &line);
    _thimble_close_maps(&maps);
    struct own_module *program = module_at(modules, (uintptr_t)getauxval(AT_ENTRY));
    if (program)
        put_into(program, builder);
    find_ours(modules, program);
}

void _thimble_drop_own_modules(struct own_modules *modules) {
    _thimble_drop_pile(&modules->found);
}

bool _thimble_add_own_frame(struct own_modules *modules, struct builder *builder,
                            uintptr_t address) {
    uintptr_t call = address - 1;
    if (call >= modules->ours[0] && call < modules->ours[1])
        return false;
    struct snapshot_frame frame = {.module = SNAPSHOT_NONE, .address = call};
    struct own_module *module = module_at(modules, call);
    struct headers headers;
    if (module && read_headers(module->start, &headers)) {
        put_into(module, builder);
        frame.module = module->number;
        frame.address = call - headers.bias;
    }
    _thimble_build_frame(builder, &frame);
    return true;
}
