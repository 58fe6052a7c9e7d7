/* For MAP_ANONYMOUS. */
#define _GNU_SOURCE 1

#include "values.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../base/arena.h"

/* Made last, by lifetime. */
static struct fixture *made[LIFETIME_COUNT];

/* ---- Memory ---- */

#define ROOM ((size_t)16 * 1024)
#define ALIGNMENT _Alignof(max_align_t)

/* Not in the arena, where the search for leaks does not look: what a value points to is
 * held by it. */
static void *take_room(size_t size) {
    static char *next;
    static size_t left;
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size > left) {
        size_t fresh = size > ROOM ? size : ROOM;
        void *memory =
            mmap(NULL, fresh, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            return _thimble_alloc(&_thimble_arena, size);
        next = memory;
        left = fresh;
    }
    void *room = next;
    next += size;
    left -= size;
    return room;
}

/* A function that returns fills at least a register. */
static void *value_room(struct fixture *fixture) {
    size_t size = fixture->make.call.returned_size;
    if (!fixture->value)
        fixture->value = take_room(size < sizeof(ffi_arg) ? sizeof(ffi_arg) : size);
    memset(fixture->value, 0, size);
    return fixture->value;
}

/* In a register that it does not fill, a number stands at the end where the machine is
 * big-endian. */
static void *value_address(const struct fixture *fixture) {
    char *address = fixture->value;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    const struct call *call = &fixture->make.call;
    const struct thimble_type *made =
        _thimble_bare_type(call->unit, _thimble_call_type(call)->target);
    bool widened = made->kind != THIMBLE_STRUCT && made->kind != THIMBLE_UNION &&
                   made->kind != THIMBLE_FLOAT && call->returned_size < sizeof(ffi_arg);
    if (widened)
        address += sizeof(ffi_arg) - call->returned_size;
#endif
    return address;
}

/* ---- Calling ---- */

static const void *argument(const struct source *source, const struct provisions *provisions) {
    switch (source->kind) {
    case SOURCE_TMP_PATH:
        return &provisions->tmp_path;
    case SOURCE_CAPTURE:
        return &provisions->capture;
    case SOURCE_CASE:
        return &provisions->element;
    default:
        return value_address(source->fixture);
    }
}

static void call(const struct request *request, const struct provisions *provisions,
                 void *returned) {
    void *arguments[MOST_PARAMETERS];
    for (uint32_t i = 0; i < request->call.count; i++)
        arguments[i] = (void *)(uintptr_t)argument(&request->sources[i], provisions);
    _thimble_make_call(&request->call, arguments, returned);
}

void _thimble_call_request(const struct request *request, const struct provisions *provisions) {
    call(request, provisions, NULL);
}

/* ---- Making ---- */

struct making {
    enum lifetime lifetime;
    const struct provisions *provisions;
    bool catches;
    value_begins *begins;
    void *data;
    struct fixture *maker;
};

struct one {
    struct fixture *fixture;
    const struct provisions *provisions;
};

static void make_one(void *data) {
    const struct one *one = data;
    call(&one->fixture->make, one->provisions, value_room(one->fixture));
}

static struct left make(struct making *making, struct fixture *fixture) {
    struct one one = {fixture, making->provisions};
    if (making->begins)
        making->begins(fixture, making->data);
    struct left left = _thimble_guarded(make_one, &one, making->catches);
    if (left.by != LEFT_RETURNED) {
        making->maker = fixture;
        return left;
    }
    fixture->made = true;
    fixture->made_before = made[fixture->lifetime];
    made[fixture->lifetime] = fixture;
    return left;
}

static struct left make_all(struct making *making, const struct request *request) {
    struct left left = {.by = LEFT_RETURNED};
    for (uint32_t i = 0; i < request->call.count && left.by == LEFT_RETURNED; i++) {
        struct fixture *fixture = request->sources[i].fixture;
        if (!fixture || fixture->made)
            continue;
        left = make_all(making, &fixture->make);
        if (left.by == LEFT_RETURNED && fixture->lifetime == making->lifetime)
            left = make(making, fixture);
    }
    return left;
}

struct left _thimble_make_values(const struct request *request, enum lifetime lifetime,
                                 const struct provisions *provisions, bool catches,
                                 value_begins *begins, void *data, struct fixture **maker) {
    struct making making = {lifetime, provisions, catches, begins, data, NULL};
    struct left left = make_all(&making, request);
    *maker = making.maker;
    return left;
}

struct fixture *_thimble_failed_value(const struct request *request) {
    for (uint32_t i = 0; i < request->call.count; i++) {
        struct fixture *fixture = request->sources[i].fixture;
        if (!fixture)
            continue;
        struct fixture *failed = fixture->failed ? fixture : _thimble_failed_value(&fixture->make);
        if (failed)
            return failed;
    }
    return NULL;
}

/* ---- Ending ---- */

static void end_one(void *data) {
    const struct fixture *fixture = data;
    void *arguments[] = {value_address(fixture)};
    _thimble_make_call(&fixture->end, arguments, NULL);
}

bool _thimble_end_value(enum lifetime lifetime, bool catches, value_begins *begins, void *data,
                        struct fixture **ender, struct left *left) {
    struct fixture *fixture = made[lifetime];
    if (!fixture)
        return false;
    made[lifetime] = fixture->made_before;
    fixture->made = false;
    *ender = fixture;
    *left = (struct left){.by = LEFT_RETURNED};
    if (begins)
        begins(fixture, data);
    if (fixture->end.address)
        *left = _thimble_guarded(end_one, fixture, catches);
    return true;
}
