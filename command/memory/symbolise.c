/* symbolise.c: frames to functions, files and lines, by the code behind `thimble symbols`. */
#include "memory.h"

#include "core/heap.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef THIMBLE_LIBDW

#include "../symbols/symbols.h"

static bool same_build(struct program *program, const char *wanted) {
    const unsigned char *bytes;
    size_t length = program_build_id(program, &bytes);
    if (!*wanted)
        return true; /* nobody can tell */
    if (strlen(wanted) != 2 * length)
        return false;
    for (size_t i = 0; i < length; i++) {
        char hexadecimal[3];
        snprintf(hexadecimal, sizeof hexadecimal, "%02x", bytes[i]);
        if (strncmp(wanted + 2 * i, hexadecimal, 2) != 0)
            return false;
    }
    return true;
}

/* Once a module, however many snapshots it is in. */
static void note_once(const char *path, const char *what) {
    static struct noted {
        char *path;
        struct noted *next;
    } * all;
    for (const struct noted *one = all; one; one = one->next)
        if (strcmp(one->path, path) == 0)
            return;
    struct noted *noted = heap_new(sizeof *noted);
    *noted = (struct noted){heap_copy_text(path, strlen(path)), all};
    all = noted;
    note("%s %s: its functions are shown as addresses", path, what);
}

/* Null with the note made. */
static struct program *open_module(const struct snapshot *snapshot,
                                   const struct snapshot_module *module) {
    const char *path = _thimble_snapshot_string(snapshot, module->path);
    if (*path != '/')
        return NULL; /* the kernel's own */
    if (access(path, R_OK) != 0) {
        note_once(path, "is not there any more");
        return NULL;
    }
    struct program *program = program_of(path);
    if (!program || same_build(program, _thimble_snapshot_string(snapshot, module->build_id)))
        return program;
    note_once(path, "was built again since");
    return NULL;
}

/* The modules of the snapshot that was asked about last. */
static struct program *program_of_module(const struct snapshot *snapshot, uint32_t number) {
    static const struct snapshot *of;
    static struct known {
        bool opened;
        struct program *program;
    } * known;
    uint32_t count;
    const struct snapshot_module *modules = _thimble_snapshot_modules(snapshot, &count);
    if (of != snapshot) {
        free(known);
        known = heap_new((count + 1) * sizeof *known);
        of = snapshot;
    }
    if (!known[number].opened)
        known[number] = (struct known){true, open_module(snapshot, &modules[number])};
    return known[number].program;
}

size_t name_frame(const struct snapshot *snapshot, const struct snapshot_frame *frame,
                  struct named named[MOST_NAMED]) {
    if (frame->module == SNAPSHOT_NONE)
        return 0;
    struct program *program = program_of_module(snapshot, frame->module);
    static struct frame frames[MOST_FRAMES];
    size_t count = program ? program_frames(program, frame->address, frames) : 0, told = 0;
    for (size_t i = 0; i < count && told < MOST_NAMED; i++) {
        if (!frames[i].function)
            continue;
        const char *file = frames[i].file ? frames[i].file : "";
        named[told++] = (struct named){frames[i].function, file, (uint32_t)frames[i].line};
    }
    return told;
}

#else

size_t name_frame(const struct snapshot *snapshot, const struct snapshot_frame *frame,
                  struct named named[MOST_NAMED]) {
    static bool said;
    (void)snapshot, (void)frame, (void)named;
    if (!said)
        note("this thimble was built without libdw: functions are shown as addresses");
    said = true;
    return 0;
}

#endif
