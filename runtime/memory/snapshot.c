#include "snapshot.h"

#include <stdio.h>
#include <string.h>

/* ---- Reading ---- */

static const void *section(const struct snapshot *snapshot, enum snapshot_section_kind kind,
                           uint32_t *count) {
    *count = (uint32_t)snapshot->sections[kind].count;
    return (const char *)snapshot + snapshot->sections[kind].offset;
}

const char *_thimble_snapshot_string(const struct snapshot *snapshot, uint32_t offset) {
    uint32_t size;
    const char *strings = section(snapshot, SNAPSHOT_STRINGS, &size);
    return offset < size ? strings + offset : "";
}

const struct snapshot_site *_thimble_snapshot_sites(const struct snapshot *snapshot,
                                                    uint32_t *count) {
    return section(snapshot, SNAPSHOT_SITES, count);
}

const struct snapshot_module *_thimble_snapshot_modules(const struct snapshot *snapshot,
                                                        uint32_t *count) {
    return section(snapshot, SNAPSHOT_MODULES, count);
}

const struct snapshot_frame *_thimble_snapshot_frames(const struct snapshot *snapshot,
                                                      uint32_t *count) {
    return section(snapshot, SNAPSHOT_FRAMES, count);
}

const struct snapshot_trace *_thimble_snapshot_traces(const struct snapshot *snapshot,
                                                      uint32_t *count) {
    return section(snapshot, SNAPSHOT_TRACES, count);
}

/* ---- Checking ---- */

static const uint64_t record_sizes[SNAPSHOT_SECTIONS] = {
    [SNAPSHOT_STRINGS] = 1,
    [SNAPSHOT_SITES] = sizeof(struct snapshot_site),
    [SNAPSHOT_MODULES] = sizeof(struct snapshot_module),
    [SNAPSHOT_FRAMES] = sizeof(struct snapshot_frame),
    [SNAPSHOT_TRACES] = sizeof(struct snapshot_trace),
};

static bool is_section_inside(const struct snapshot *snapshot, int kind) {
    const struct snapshot_section *section = &snapshot->sections[kind];
    return section->offset % 8 == 0 && section->count < UINT32_MAX &&
           section->offset <= snapshot->size &&
           section->count <= (snapshot->size - section->offset) / record_sizes[kind];
}

/* Each is a zero-terminated string wherever it begins. */
static bool are_strings(const struct snapshot *snapshot) {
    uint32_t size;
    const char *strings = section(snapshot, SNAPSHOT_STRINGS, &size);
    return size > 0 && strings[0] == '\0' && strings[size - 1] == '\0';
}

static bool are_words(const struct snapshot *snapshot, const uint32_t *offsets, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (offsets[i] >= snapshot->sections[SNAPSHOT_STRINGS].count)
            return false;
    }
    return true;
}

static bool are_sites(const struct snapshot *snapshot) {
    uint32_t count;
    const struct snapshot_site *sites = _thimble_snapshot_sites(snapshot, &count);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t words[] = {sites[i].file, sites[i].directory, sites[i].function,
                                  sites[i].allocator, sites[i].type};
        if (!are_words(snapshot, words, sizeof(words) / sizeof(*words)))
            return false;
    }
    return count > 0;
}

static bool are_frames(const struct snapshot *snapshot) {
    uint32_t count, module_count;
    const struct snapshot_module *modules = _thimble_snapshot_modules(snapshot, &module_count);
    const struct snapshot_frame *frames = _thimble_snapshot_frames(snapshot, &count);
    for (uint32_t i = 0; i < module_count; i++) {
        const uint32_t words[] = {modules[i].path, modules[i].build_id};
        if (!are_words(snapshot, words, 2))
            return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t words[] = {frames[i].function, frames[i].file};
        bool in_module = frames[i].module == SNAPSHOT_NONE || frames[i].module < module_count;
        if (!in_module || !are_words(snapshot, words, 2))
            return false;
    }
    return true;
}

static bool are_traces(const struct snapshot *snapshot) {
    uint32_t count, sites, frames;
    const struct snapshot_trace *traces = _thimble_snapshot_traces(snapshot, &count);
    _thimble_snapshot_sites(snapshot, &sites);
    _thimble_snapshot_frames(snapshot, &frames);
    for (uint32_t i = 0; i < count; i++) {
        const struct snapshot_trace *trace = &traces[i];
        if (trace->site >= sites || trace->frame_first > frames ||
            trace->frame_count > frames - trace->frame_first)
            return false;
    }
    return true;
}

static bool is_sound(const struct snapshot *snapshot) {
    if (snapshot->section_count < SNAPSHOT_SECTIONS)
        return false;
    for (int i = 0; i < SNAPSHOT_SECTIONS; i++) {
        if (!is_section_inside(snapshot, i))
            return false;
    }
    const uint32_t words[] = {snapshot->program, snapshot->directory};
    return are_strings(snapshot) && are_words(snapshot, words, 2) && are_sites(snapshot) &&
           are_frames(snapshot) && are_traces(snapshot);
}

const char *_thimble_snapshot_check(const void *bytes, size_t size, char *message, size_t room) {
    const struct snapshot *snapshot = bytes;
    size_t head = size < sizeof(snapshot->magic) ? size : sizeof(snapshot->magic);
    if (size == 0)
        return "is empty: the program that was to write it has not, or is not done";
    if (memcmp(bytes, SNAPSHOT_MAGIC, head) != 0)
        return "is no memory dump of Thimble's";
    if (size < sizeof(*snapshot)) {
        snprintf(message, room, "is cut short: %zu of at least %zu bytes", size, sizeof(*snapshot));
        return message;
    }
    if (snapshot->endian != SNAPSHOT_ENDIAN)
        return "was written on a machine with another byte order: read it there";
    if (snapshot->version != SNAPSHOT_VERSION) {
        snprintf(message, room,
                 "was written by %s Thimble (version %u of the format, this one reads %d)",
                 snapshot->version > SNAPSHOT_VERSION ? "a newer" : "another", snapshot->version,
                 SNAPSHOT_VERSION);
        return message;
    }
    if (snapshot->size > size) {
        snprintf(message, room, "is cut short: %zu of %llu bytes", size,
                 (unsigned long long)snapshot->size);
        return message;
    }
    if (snapshot->size < size || !is_sound(snapshot))
        return "is damaged: it was changed after it was written";
    return NULL;
}
