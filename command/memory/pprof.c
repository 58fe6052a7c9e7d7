/* pprof.c: profile.proto, gzipped, as `go tool pprof` and what reads its files take it.
 * A message is written field by field; one that is inside of another is made first. */
#include "memory.h"

#include "../command.h"

#ifdef THIMBLE_ZLIB

#include "core/heap.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Fields of the messages in profile.proto. */
enum {
    PROFILE_TYPE = 1,
    PROFILE_SAMPLE,
    PROFILE_MAPPING,
    PROFILE_LOCATION,
    PROFILE_FUNCTION,
    PROFILE_STRING,
    PROFILE_TIME = 9,
    PROFILE_DEFAULT_TYPE = 14
};
enum { TYPE_TYPE = 1, TYPE_UNIT };
enum { SAMPLE_LOCATION = 1, SAMPLE_VALUE, SAMPLE_LABEL };
enum { LABEL_KEY = 1, LABEL_STRING };
enum {
    MAPPING_ID = 1,
    MAPPING_START,
    MAPPING_LIMIT,
    MAPPING_FILE = 5,
    MAPPING_BUILD_ID,
    MAPPING_HAS_FUNCTIONS,
    MAPPING_HAS_FILES,
    MAPPING_HAS_LINES,
    MAPPING_HAS_INLINED
};
enum { LOCATION_ID = 1, LOCATION_MAPPING, LOCATION_ADDRESS, LOCATION_LINE };
enum { LINE_FUNCTION = 1, LINE_LINE };
enum { FUNCTION_ID = 1, FUNCTION_NAME, FUNCTION_SYSTEM_NAME, FUNCTION_FILE };

struct message {
    char *bytes;
    size_t length, capacity;
};

static void put_bytes(struct message *message, const void *bytes, size_t length) {
    message->bytes = heap_grow(message->bytes, &message->capacity, message->length + length, 1);
    memcpy(message->bytes + message->length, bytes, length);
    message->length += length;
}

static void put_varint(struct message *message, uint64_t value) {
    unsigned char bytes[10];
    size_t length = 0;
    for (; value >= 128; value >>= 7)
        bytes[length++] = (unsigned char)(value | 128);
    bytes[length++] = (unsigned char)value;
    put_bytes(message, bytes, length);
}

static void put_number(struct message *message, int field, uint64_t value) {
    put_varint(message, (uint64_t)field << 3);
    put_varint(message, value);
}

static void put_data(struct message *message, int field, const void *bytes, size_t length) {
    put_varint(message, (uint64_t)field << 3 | 2);
    put_varint(message, length);
    put_bytes(message, bytes, length);
}

/* The inner one is used up. */
static void put_message(struct message *message, int field, struct message *inner) {
    put_data(message, field, inner->bytes, inner->length);
    free(inner->bytes);
    *inner = (struct message){.length = 0};
}

/* ---- Tables: what is named by number, each once ---- */

/* Keys, and the numbers that they got: from 0 for the first. */
struct table {
    struct entry {
        char *key;
        size_t length;
        uint64_t number;
    } * slots; /* a hash table; null keys are free */
    size_t count, capacity;
};

static size_t hash_of(const char *key, size_t length) {
    size_t hash = 14695981039346656037u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)key[i]) * 1099511628211u;
    return hash ^ hash >> 29;
}

static struct entry *slot_of(const struct table *table, const char *key, size_t length) {
    size_t at = hash_of(key, length) % table->capacity;
    while (table->slots[at].key &&
           (table->slots[at].length != length || memcmp(table->slots[at].key, key, length) != 0))
        at = (at + 1) % table->capacity;
    return &table->slots[at];
}

static void make_room(struct table *table) {
    if (2 * (table->count + 1) < table->capacity)
        return;
    struct table larger = {.count = table->count, .capacity = 2 * table->capacity + 64};
    larger.slots = heap_new(larger.capacity * sizeof *larger.slots);
    for (size_t i = 0; i < table->capacity; i++)
        if (table->slots[i].key)
            *slot_of(&larger, table->slots[i].key, table->slots[i].length) = table->slots[i];
    free(table->slots);
    *table = larger;
}

/* The key's number; `is_new`: it has just got one. */
static uint64_t number_of(struct table *table, const void *key, size_t length, bool *is_new) {
    make_room(table);
    struct entry *entry = slot_of(table, key, length);
    *is_new = !entry->key;
    if (*is_new)
        *entry = (struct entry){heap_copy_text(key, length), length, table->count++};
    return entry->number;
}

static void clear_table(struct table *table) {
    for (size_t i = 0; i < table->capacity; i++)
        free(table->slots[i].key);
    free(table->slots);
}

/* ---- The profile ---- */

struct profile {
    const struct snapshot *view;
    struct message message;
    struct table strings, functions, locations;
};

static uint64_t string(struct profile *profile, const char *text) {
    bool is_new;
    uint64_t number = number_of(&profile->strings, text, strlen(text), &is_new);
    if (is_new)
        put_data(&profile->message, PROFILE_STRING, text, strlen(text));
    return number;
}

static uint64_t function_number(struct profile *profile, const char *name, const char *file) {
    uint64_t key[2] = {string(profile, name), string(profile, file)};
    bool is_new;
    uint64_t number = 1 + number_of(&profile->functions, key, sizeof key, &is_new);
    if (!is_new)
        return number;
    struct message function = {.length = 0};
    put_number(&function, FUNCTION_ID, number);
    put_number(&function, FUNCTION_NAME, key[0]);
    put_number(&function, FUNCTION_SYSTEM_NAME, key[0]);
    put_number(&function, FUNCTION_FILE, key[1]);
    put_message(&profile->message, PROFILE_FUNCTION, &function);
    return number;
}

/* Mappings are numbered from 1, as the modules are from 0; 0 is none. */
static uint64_t location_number(struct profile *profile, uint64_t mapping, uint64_t address,
                                const char *name, const char *file, uint64_t line) {
    uint64_t function = function_number(profile, name, file);
    uint64_t key[] = {mapping, address, function, line};
    bool is_new;
    uint64_t number = 1 + number_of(&profile->locations, key, sizeof key, &is_new);
    if (!is_new)
        return number;
    struct message location = {.length = 0}, place = {.length = 0};
    put_number(&place, LINE_FUNCTION, function);
    put_number(&place, LINE_LINE, line);
    put_number(&location, LOCATION_ID, number);
    put_number(&location, LOCATION_MAPPING, mapping);
    put_number(&location, LOCATION_ADDRESS, address);
    put_message(&location, LOCATION_LINE, &place);
    put_message(&profile->message, PROFILE_LOCATION, &location);
    return number;
}

static uint64_t location_of_site(struct profile *profile, uint32_t number) {
    uint32_t count;
    const struct snapshot_site *site = &_thimble_snapshot_sites(profile->view, &count)[number];
    const char *file = _thimble_snapshot_string(profile->view, site->file);
    return location_number(profile, 0, 0, site_label(profile->view, site), file, site->line);
}

static uint64_t location_of_frame(struct profile *profile, uint32_t index) {
    uint32_t count;
    const struct snapshot_frame *frame = &_thimble_snapshot_frames(profile->view, &count)[index];
    const struct snapshot_module *modules = _thimble_snapshot_modules(profile->view, &count);
    uint64_t mapping = 0, address = frame->address;
    if (frame->module != SNAPSHOT_NONE) {
        mapping = frame->module + 1;
        /* A program that is not moved counts from 0, the others from their start. */
        if (address < modules[frame->module].start)
            address += modules[frame->module].start;
    }
    char *name = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&name, &size);
    if (!to)
        abort();
    put_frame_label(to, profile->view, frame);
    fclose(to);
    const char *file = _thimble_snapshot_string(profile->view, frame->file);
    uint64_t number = location_number(profile, mapping, address, name, file, frame->line);
    free(name);
    return number;
}

static void put_type_label(struct profile *profile, struct message *sample, uint32_t site) {
    uint32_t count;
    uint32_t type = _thimble_snapshot_sites(profile->view, &count)[site].type;
    struct message label = {.length = 0};
    put_number(&label, LABEL_KEY, string(profile, "type"));
    const char *text = _thimble_snapshot_string(profile->view, type);
    put_number(&label, LABEL_STRING, string(profile, *text ? text : "?"));
    put_message(sample, SAMPLE_LABEL, &label);
}

static void put_sample(struct profile *profile, const struct snapshot_trace *trace) {
    struct message sample = {.length = 0}, locations = {.length = 0}, values = {.length = 0};
    if (shows_site(trace))
        put_varint(&locations, location_of_site(profile, trace->site));
    for (uint32_t i = 0; i < trace->frame_count; i++)
        put_varint(&locations, location_of_frame(profile, trace->frame_first + i));
    put_varint(&values, trace->made_count);
    put_varint(&values, trace->made_bytes);
    put_varint(&values, trace->count);
    put_varint(&values, trace->bytes);
    put_message(&sample, SAMPLE_LOCATION, &locations);
    put_message(&sample, SAMPLE_VALUE, &values);
    put_type_label(profile, &sample, trace->site);
    put_message(&profile->message, PROFILE_SAMPLE, &sample);
}

static void put_mappings(struct profile *profile) {
    uint32_t count;
    const struct snapshot_module *modules = _thimble_snapshot_modules(profile->view, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *path = _thimble_snapshot_string(profile->view, modules[i].path);
        const char *build_id = _thimble_snapshot_string(profile->view, modules[i].build_id);
        struct message mapping = {.length = 0};
        put_number(&mapping, MAPPING_ID, i + 1);
        put_number(&mapping, MAPPING_START, modules[i].start);
        put_number(&mapping, MAPPING_LIMIT, modules[i].end);
        put_number(&mapping, MAPPING_FILE, string(profile, path));
        put_number(&mapping, MAPPING_BUILD_ID, string(profile, build_id));
        for (int field = MAPPING_HAS_FUNCTIONS; field <= MAPPING_HAS_INLINED; field++)
            put_number(&mapping, field, 1);
        put_message(&profile->message, PROFILE_MAPPING, &mapping);
    }
}

static void put_sample_types(struct profile *profile) {
    static const char *const types[][2] = {{"alloc_objects", "count"},
                                           {"alloc_space", "bytes"},
                                           {"inuse_objects", "count"},
                                           {"inuse_space", "bytes"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct message type = {.length = 0};
        put_number(&type, TYPE_TYPE, string(profile, types[i][0]));
        put_number(&type, TYPE_UNIT, string(profile, types[i][1]));
        put_message(&profile->message, PROFILE_TYPE, &type);
    }
    put_number(&profile->message, PROFILE_DEFAULT_TYPE, string(profile, "inuse_space"));
}

static bool write_gzipped(FILE *to, const struct message *message) {
    z_stream stream = {.next_in = (unsigned char *)message->bytes};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        return false;
    size_t left = message->length;
    int status = Z_OK;
    while (status == Z_OK) {
        unsigned char piece[1 << 15];
        if (stream.avail_in == 0 && left) {
            stream.avail_in = left < 1u << 30 ? (uInt)left : 1u << 30;
            left -= stream.avail_in;
        }
        stream.next_out = piece;
        stream.avail_out = sizeof piece;
        status = deflate(&stream, left ? Z_NO_FLUSH : Z_FINISH);
        fwrite(piece, 1, sizeof piece - stream.avail_out, to);
    }
    deflateEnd(&stream);
    return status == Z_STREAM_END;
}

bool print_pprof(FILE *to, const struct snapshot *view, const struct selection *selection) {
    struct profile profile = {.view = view};
    string(&profile, ""); /* is number 0 */
    put_sample_types(&profile);
    put_mappings(&profile);
    for (size_t i = 0; i < selection->count; i++)
        put_sample(&profile, selection->traces[i]);
    put_number(&profile.message, PROFILE_TIME, view->time);
    bool done = write_gzipped(to, &profile.message);
    free(profile.message.bytes);
    clear_table(&profile.strings);
    clear_table(&profile.functions);
    clear_table(&profile.locations);
    return done;
}

bool can_print_pprof(void) {
    return true;
}

#else

bool print_pprof(FILE *to, const struct snapshot *view, const struct selection *selection) {
    (void)to, (void)view, (void)selection;
    return false;
}

bool can_print_pprof(void) {
    complain("this thimble was built without zlib, which --format pprof compresses with: install "
             "zlib1g-dev and build Thimble again");
    return false;
}

#endif
