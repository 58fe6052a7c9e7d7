/* For dladdr. */
#define _GNU_SOURCE 1

#include "registry.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../base/text.h"
#include "blob.h"

/* A static program that has no dladdr must not get it, and a warning, from us. */
extern __typeof__(dladdr) dladdr __attribute__((weak));

#define HOOKS 8

/* Type chains longer than this are circles. */
#define DEEPEST_TYPE 64

/* Guards everything below against other writers. The list is read without it: a
 * unit that left still leads to those behind it. */
pthread_mutex_t _thimble_registry_lock = PTHREAD_MUTEX_INITIALIZER;
static struct unit *_Atomic first;
static _Atomic unsigned version;
static struct unit *last;
static void (*come_hooks[HOOKS])(struct unit *);
static void (*leave_hooks[HOOKS])(struct unit *);

static void say(const struct text *line) {
    _thimble_write(STDERR_FILENO, line->data, line->length);
}

/* Says whose unit it is as well as can be known without reading it. */
static void put_unread_unit(struct text *line, const struct thimble_unit *object) {
    Dl_info info;
    _thimble_puts(line, "thimble: a unit");
    if (dladdr && dladdr(object, &info) && info.dli_fname && info.dli_fname[0])
        _thimble_printf(line, " of %s", info.dli_fname);
}

static void say_foreign(const struct thimble_unit *object) {
    char buffer[1024];
    struct text line = _thimble_text(buffer, sizeof(buffer));
    put_unread_unit(&line, object);
    _thimble_printf(&line,
                    ": compiled for format %u, this runtime reads format %u: recompile it with "
                    "this runtime's plugin (it is left out)\n",
                    object->format, THIMBLE_FORMAT);
    say(&line);
}

static void say_damaged(const struct thimble_unit *object, const char *what) {
    char buffer[1024];
    struct text line = _thimble_text(buffer, sizeof(buffer));
    put_unread_unit(&line, object);
    _thimble_printf(&line, " %s: recompile it (it is left out)\n", what);
    say(&line);
}

static void append(struct unit *unit) {
    if (last)
        last->next = unit;
    else
        atomic_store_explicit(&first, unit, memory_order_release);
    last = unit;
}

static void call_hooks(void (*const hooks[HOOKS])(struct unit *), struct unit *unit) {
    for (int i = 0; i < HOOKS && hooks[i]; i++)
        hooks[i](unit);
}

THIMBLE_API void thimble_register(struct thimble_unit *object) {
    if (object->format != THIMBLE_FORMAT) {
        say_foreign(object);
        return;
    }
    if (object->state)
        return;
    struct unit *unit = _thimble_alloc(&_thimble_arena, sizeof(*unit));
    unit->object = object;
    const char *wrong = _thimble_read_blob(unit, object);
    if (wrong) {
        say_damaged(object, wrong);
        return;
    }
    unit->file = unit->source ? _thimble_string(unit, unit->source->file) : "";
    pthread_mutex_lock(&_thimble_registry_lock);
    object->state = unit;
    append(unit);
    atomic_fetch_add(&version, 1);
    call_hooks(come_hooks, unit);
    pthread_mutex_unlock(&_thimble_registry_lock);
}

static void unlink_unit(struct unit *unit) {
    struct unit *before = NULL;
    for (struct unit *at = first; at != unit; at = at->next)
        before = at;
    if (before)
        before->next = unit->next;
    else
        atomic_store_explicit(&first, unit->next, memory_order_release);
    if (last == unit)
        last = before;
}

THIMBLE_API void thimble_unregister(struct thimble_unit *object) {
    if (object->format != THIMBLE_FORMAT || !object->state)
        return;
    struct unit *unit = object->state;
    pthread_mutex_lock(&_thimble_registry_lock);
    call_hooks(leave_hooks, unit);
    unlink_unit(unit);
    atomic_fetch_add(&version, 1);
    object->state = NULL;
    pthread_mutex_unlock(&_thimble_registry_lock);
}

static void add_hook(void (*hooks[HOOKS])(struct unit *), void (*hook)(struct unit *)) {
    for (int i = 0; i < HOOKS; i++) {
        if (hooks[i] == hook)
            return;
        if (!hooks[i]) {
            hooks[i] = hook;
            return;
        }
    }
}

void _thimble_each_unit(void (*come)(struct unit *)) {
    pthread_mutex_lock(&_thimble_registry_lock);
    add_hook(come_hooks, come);
    for (struct unit *unit = first; unit; unit = unit->next)
        come(unit);
    pthread_mutex_unlock(&_thimble_registry_lock);
}

void _thimble_unit_leaves(void (*leave)(struct unit *)) {
    pthread_mutex_lock(&_thimble_registry_lock);
    add_hook(leave_hooks, leave);
    pthread_mutex_unlock(&_thimble_registry_lock);
}

/* ---- Looking things up ---- */

struct unit *_thimble_units(void) {
    return atomic_load_explicit(&first, memory_order_acquire);
}

unsigned _thimble_units_version(void) {
    return atomic_load_explicit(&version, memory_order_acquire);
}

const char *_thimble_string(const struct unit *unit, uint32_t offset) {
    return offset < unit->strings_size ? unit->strings + offset : "";
}

const char *_thimble_function_name(const struct unit *unit, uint32_t i) {
    return i < unit->function_count ? _thimble_string(unit, unit->functions[i].name) : "";
}

const void *_thimble_symbol(const struct unit *unit, uint32_t i) {
    return i < unit->object->symbol_count ? unit->object->symbols[i] : NULL;
}

struct unit *_thimble_ref_unit(struct thimble_ref ref) {
    return ref.unit && ref.unit->format == THIMBLE_FORMAT ? ref.unit->state : NULL;
}

const struct thimble_function *_thimble_ref_function(struct thimble_ref ref) {
    const struct unit *unit = _thimble_ref_unit(ref);
    if (!unit || ref.kind != THIMBLE_REF_FUNCTION || ref.index >= unit->function_count)
        return NULL;
    return &unit->functions[ref.index];
}

const struct thimble_type *_thimble_ref_type(struct thimble_ref ref) {
    const struct unit *unit = _thimble_ref_unit(ref);
    return unit && ref.kind == THIMBLE_REF_TYPE ? _thimble_type(unit, ref.index) : NULL;
}

const struct thimble_type *_thimble_type(const struct unit *unit, uint32_t type) {
    return type < unit->type_count ? &unit->types[type] : NULL;
}

const struct thimble_type *_thimble_bare_type(const struct unit *unit, uint32_t type) {
    const struct thimble_type *bare = _thimble_type(unit, type);
    for (int depth = 0; bare && depth < DEEPEST_TYPE; depth++) {
        if (bare->kind != THIMBLE_TYPEDEF && bare->kind != THIMBLE_QUALIFIED)
            return bare;
        bare = _thimble_type(unit, bare->target);
    }
    return NULL;
}

const char *_thimble_plain_path(const char *path) {
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    return path;
}

bool _thimble_path_matches(const char *file, const char *path) {
    path = _thimble_plain_path(path);
    size_t file_length = strlen(file), path_length = strlen(path);
    if (path_length == 0 || path_length > file_length)
        return false;
    const char *end = file + file_length - path_length;
    return strcmp(end, path) == 0 && (end == file || end[-1] == '/');
}
