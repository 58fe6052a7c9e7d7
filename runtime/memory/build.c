#include "build.h"

#include <string.h>
#include <sys/mman.h>

enum { FIRST_SLOTS = 1024 };

/* ---- Finding what is there already ---- */

static uint32_t hash(const char *bytes, size_t length) {
    uint32_t sum = 2166136261u;
    for (size_t i = 0; i < length; i++)
        sum = (sum ^ (unsigned char)bytes[i]) * 16777619u;
    return sum ^ sum >> 15;
}

static void drop_slots(struct record_index *index) {
    if (index->slots)
        munmap(index->slots, index->capacity * sizeof(uint32_t));
    *index = (struct record_index){0};
}

/* The slot of the record that is `length` bytes like these, or the empty one for it. Records
 * are `size` apart. */
static uint32_t *find_slot(const struct record_index *index, const struct pile *pile, size_t size,
                           const char *bytes, size_t length) {
    uint32_t at = hash(bytes, length) & (index->capacity - 1);
    for (;; at = (at + 1) & (index->capacity - 1)) {
        uint32_t slot = index->slots[at];
        size_t offset = (slot - 1) * size;
        if (slot == 0 ||
            (pile->used - offset >= length && memcmp(pile->data + offset, bytes, length) == 0))
            return &index->slots[at];
    }
}

static bool enlarge(struct record_index *index, const struct pile *pile, size_t size) {
    struct record_index larger = {.capacity = index->capacity ? index->capacity * 2 : FIRST_SLOTS,
                                  .used = index->used};
    void *slots = mmap(NULL, larger.capacity * sizeof(uint32_t), PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (slots == MAP_FAILED)
        return false;
    larger.slots = slots;
    for (uint32_t i = 0; i < index->capacity; i++) {
        const char *record = pile->data + (index->slots[i] - 1) * size;
        if (index->slots[i])
            *find_slot(&larger, pile, size, record, size > 1 ? size : strlen(record) + 1) =
                index->slots[i];
    }
    drop_slots(index);
    *index = larger;
    return true;
}

/* The number of the record, which is added where there is none like it yet. */
static uint32_t find_or_add(struct record_index *index, struct pile *pile, size_t size,
                            const void *bytes, size_t length) {
    if (index->used * 2 >= index->capacity && !enlarge(index, pile, size)) {
        pile->failed = true;
        return 0;
    }
    uint32_t *slot = find_slot(index, pile, size, bytes, length);
    if (*slot)
        return *slot - 1;
    size_t number = pile->used / size;
    void *room = number < UINT32_MAX - 1 ? _thimble_pile_add(pile, length) : NULL;
    if (!room) {
        pile->failed = true;
        return 0;
    }
    memcpy(room, bytes, length);
    *slot = (uint32_t)number + 1;
    index->used++;
    return (uint32_t)number;
}

/* ---- Adding ---- */

uint32_t _thimble_build_string(struct builder *builder, const char *string) {
    if (builder->strings.used == 0)
        find_or_add(&builder->string_index, &builder->strings, 1, "", 1);
    return find_or_add(&builder->string_index, &builder->strings, 1, string, strlen(string) + 1);
}

uint32_t _thimble_build_site(struct builder *builder, const struct snapshot_site *site) {
    static const struct snapshot_site foreign;
    if (builder->sites.used == 0)
        find_or_add(&builder->site_index, &builder->sites, sizeof(foreign), &foreign,
                    sizeof(foreign));
    return find_or_add(&builder->site_index, &builder->sites, sizeof(*site), site, sizeof(*site));
}

uint32_t _thimble_build_module(struct builder *builder, const struct snapshot_module *module) {
    return find_or_add(&builder->module_index, &builder->modules, sizeof(*module), module,
                       sizeof(*module));
}

void _thimble_build_frame(struct builder *builder, const struct snapshot_frame *frame) {
    struct snapshot_frame *room = _thimble_pile_add(&builder->frames, sizeof(*room));
    if (room)
        *room = *frame;
}

void _thimble_build_trace(struct builder *builder, const struct snapshot_trace *trace) {
    struct snapshot_trace *room = _thimble_pile_add(&builder->traces, sizeof(*room));
    if (!room)
        return;
    uint32_t frames = (uint32_t)(builder->frames.used / sizeof(struct snapshot_frame));
    bool is_first = room == (void *)builder->traces.data;
    uint32_t first = is_first ? 0 : room[-1].frame_first + room[-1].frame_count;
    *room = *trace;
    room->frame_first = first;
    room->frame_count = frames - first;
}

/* ---- Joining ---- */

struct snapshot *_thimble_build(struct builder *builder, const struct snapshot *header) {
    static const struct snapshot_site foreign;
    _thimble_build_string(builder, "");
    _thimble_build_site(builder, &foreign);
    struct pile *const piles[SNAPSHOT_SECTIONS] = {
        &builder->strings, &builder->sites, &builder->modules, &builder->frames, &builder->traces};
    static const size_t sizes[SNAPSHOT_SECTIONS] = {
        1, sizeof(struct snapshot_site), sizeof(struct snapshot_module),
        sizeof(struct snapshot_frame), sizeof(struct snapshot_trace)};
    size_t size = sizeof(struct snapshot);
    bool failed = false;
    for (int i = 0; i < SNAPSHOT_SECTIONS; i++) {
        failed |= piles[i]->failed;
        size += (piles[i]->used + 7) & ~(size_t)7;
    }
    struct snapshot *snapshot = failed ? NULL : _thimble_new_piece(size);
    if (snapshot) {
        *snapshot = *header;
        memcpy(snapshot->magic, SNAPSHOT_MAGIC, sizeof(snapshot->magic));
        snapshot->endian = SNAPSHOT_ENDIAN;
        snapshot->version = SNAPSHOT_VERSION;
        snapshot->size = size;
        snapshot->section_count = SNAPSHOT_SECTIONS;
    }
    size_t offset = sizeof(struct snapshot);
    for (int i = 0; i < SNAPSHOT_SECTIONS; i++) {
        if (snapshot) {
            snapshot->sections[i] = (struct snapshot_section){offset, piles[i]->used / sizes[i]};
            if (piles[i]->used)
                memcpy((char *)snapshot + offset, piles[i]->data, piles[i]->used);
        }
        offset += (piles[i]->used + 7) & ~(size_t)7;
    }
    _thimble_drop_builder(builder);
    return snapshot;
}

void _thimble_drop_builder(struct builder *builder) {
    _thimble_drop_pile(&builder->strings);
    _thimble_drop_pile(&builder->sites);
    _thimble_drop_pile(&builder->modules);
    _thimble_drop_pile(&builder->frames);
    _thimble_drop_pile(&builder->traces);
    drop_slots(&builder->string_index);
    drop_slots(&builder->site_index);
    drop_slots(&builder->module_index);
}
