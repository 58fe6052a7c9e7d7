/* The recorded calls, for tests that look at them themselves. */
#include "../check/check.h"
#include "../repr/number.h"
#include "convert.h"
#include "expectation.h"
#include "memory.h"
#include "mocks.h"
#include <string.h>
#include <thimble/called.h>

/* ---- Lists ---- */

static struct thimble_call shown(const struct mock *mock, const struct call *call) {
    return (struct thimble_call){mock->name, call->signature->count, call};
}

const struct thimble_call *thimble_mock_calls_at(const char *file, int line,
                                                 struct thimble_name f) {
    struct place place = {file, line, "mock_calls"};
    struct target target = _thimble_target(place, f);
    const struct mock *mock = _thimble_existing_mock(place, &target);
    size_t count;
    const struct call **calls = _thimble_calls(&mock->calls, &count);
    struct thimble_call *list = _thimble_test_alloc((count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = shown(mock, calls[i]);
    list[count] = (struct thimble_call){0};
    return list;
}

/* The calls of one mock, of which number `next` is to be taken next. */
struct queue {
    const struct mock *mock;
    const struct call **calls;
    size_t count, next;
};

static size_t count_mocks(void) {
    size_t count = 0;
    for (const struct mock *mock = NULL; (mock = _thimble_next_mock(mock));)
        count++;
    return count;
}

static struct queue *earliest(struct queue *queues, size_t count) {
    struct queue *first = NULL;
    for (struct queue *queue = queues; queue < queues + count; queue++)
        if (queue->next < queue->count &&
            (!first || queue->calls[queue->next]->order < first->calls[first->next]->order))
            first = queue;
    return first;
}

const struct thimble_call *thimble_mock_calls_all(void) {
    size_t most = count_mocks(), count = 0, calls = 0;
    struct queue *queues = _thimble_test_alloc((most + 1) * sizeof *queues), *queue;
    for (const struct mock *mock = NULL; count < most && (mock = _thimble_next_mock(mock));) {
        queue = &queues[count++];
        *queue = (struct queue){.mock = mock};
        queue->calls = _thimble_calls(&mock->calls, &queue->count);
        calls += queue->count;
    }
    struct thimble_call *list = _thimble_test_alloc((calls + 1) * sizeof *list);
    for (size_t i = 0; (queue = earliest(queues, count)); i++)
        list[i] = shown(queue->mock, queue->calls[queue->next++]);
    list[calls] = (struct thimble_call){0};
    return list;
}

/* ---- Arguments ---- */

/* An argument of a recorded call, with the type that it is asked for as. */
struct asking {
    struct place place;
    const struct thimble_call *call;
    const char *name;
    struct kept_value argument;
    const struct thimble_type *is; /* bare */
    struct thimble_ref wanted;
    const struct unit *unit;
    const struct thimble_type *type; /* bare */
};

static void __attribute__((noreturn)) fail(const struct asking *asking, const char *why) {
    struct text what = _thimble_growing_text();
    _thimble_puts(&what, "call_argument(");
    if (asking->type) {
        _thimble_repr_type(&what, asking->unit, asking->wanted.index, "");
        _thimble_puts(&what, ", ");
    }
    _thimble_puts(&what, asking->call && asking->call->record ? asking->call->function : "call");
    if (asking->name) {
        _thimble_puts(&what, ", ");
        _thimble_repr_string(&what, asking->name, strlen(asking->name), 100);
    }
    _thimble_printf(&what, "): %s", why);
    if (asking->call && asking->call->record) {
        const struct signature *signature = ((const struct call *)asking->call->record)->signature;
        _thimble_puts(&what, "\n  ");
        _thimble_repr_type(&what, signature->unit, signature->type, asking->call->function);
    }
    _thimble_fail_text(asking->place.file, asking->place.line, &what);
}

static void __attribute__((noreturn)) fail_by_type(const struct asking *asking) {
    struct text why = _thimble_growing_text();
    _thimble_puts(&why, "the argument is of type ");
    _thimble_repr_type(&why, asking->argument.unit, asking->argument.type, "");
    _thimble_puts(&why, ", not ");
    _thimble_repr_type(&why, asking->unit, asking->wanted.index, "");
    fail(asking, why.data);
}

static void *converted(const struct asking *asking, uint32_t type, const void *data) {
    const struct unit *unit = asking->argument.unit;
    const struct thimble_value value = {{unit->object, type, THIMBLE_REF_TYPE}, data, NULL};
    struct text why = _thimble_growing_text();
    void *to = _thimble_test_alloc((size_t)asking->type->size);
    bool numbers = _thimble_is_quantity(unit, _thimble_bare_type(unit, type)) &&
                   _thimble_is_quantity(asking->unit, asking->type);
    if (!numbers && !_thimble_are_alike(unit, type, asking->unit, asking->wanted.index))
        fail_by_type(asking);
    if (!_thimble_convert(&value, asking->unit, asking->wanted.index, to, &why))
        fail(asking, why.data);
    return to;
}

/* The address, but of a string as it was. */
static void *as_pointer(const struct asking *asking) {
    const struct recorded *known = _thimble_pointee(&asking->argument);
    const char *address = _thimble_kept_address(&asking->argument, asking->argument.data);
    const struct thimble_type *target = _thimble_bare_type(asking->unit, asking->type->target);
    void *to = _thimble_test_alloc(sizeof address);
    if (!_thimble_are_alike(asking->argument.unit, asking->argument.type, asking->unit,
                            asking->wanted.index))
        fail_by_type(asking);
    if (known && target && _thimble_literal_prefix(asking->unit, asking->type->target)) {
        char *copy = _thimble_test_alloc(known->size + sizeof(uint32_t));
        memcpy(copy, known->bytes, known->size);
        memset(copy + known->size, 0, sizeof(uint32_t));
        address = copy;
    }
    memcpy(to, &address, sizeof address);
    return to;
}

/* Whether the bytes behind the pointer are what is asked for as they are. */
static bool is_of_bytes(const struct asking *asking, const struct thimble_type *target) {
    const struct thimble_type *element =
        asking->type->kind == THIMBLE_ARRAY ? _thimble_bare_type(asking->unit, asking->type->target)
                                            : NULL;
    return target->kind == THIMBLE_VOID ||
           (element && element->kind == target->kind && element->size == target->size);
}

static void *as_pointee(const struct asking *asking) {
    const struct recorded *known = _thimble_pointee(&asking->argument);
    const struct thimble_type *target =
        _thimble_bare_type(asking->argument.unit, asking->is->target);
    if (!_thimble_kept_address(&asking->argument, asking->argument.data))
        fail(asking, "it was a null pointer");
    if (!_thimble_is_kept(asking->argument.unit, asking->is))
        fail(asking, "what it pointed to is not kept, as its type is not known");
    if (!known)
        fail(asking, "what it pointed to could not be read");
    if (is_of_bytes(asking, target)) {
        if (asking->type->size > known->size)
            fail(asking, "less than that was kept of what it pointed to");
        return (void *)(uintptr_t)known->bytes;
    }
    if (target->size > known->size)
        fail(asking, "what it pointed to is too large to be kept");
    return converted(asking, asking->is->target, known->bytes);
}

/* Of a pointer to a pointer either may be asked for. */
static bool is_the_pointer(const struct asking *asking) {
    const struct thimble_type *target =
        _thimble_bare_type(asking->argument.unit, asking->is->target);
    return asking->type->kind == THIMBLE_POINTER &&
           (!target || target->kind != THIMBLE_POINTER ||
            _thimble_are_alike(asking->argument.unit, asking->argument.type, asking->unit,
                               asking->wanted.index));
}

void *thimble_call_argument_at(const char *file, int line, const struct thimble_call *call,
                               const char *name, struct thimble_ref wanted) {
    struct asking asking = {{file, line, "call_argument"}, call, name, .wanted = wanted};
    struct text why = _thimble_growing_text();
    size_t i;
    asking.unit = _thimble_ref_unit(wanted);
    asking.type = asking.unit ? _thimble_bare_type(asking.unit, wanted.index) : NULL;
    if (!call || !call->record)
        fail(&asking, "there is no such call: this is the end of the list");
    if (!asking.type)
        fail(&asking, "the type is not described");
    const struct call *record = call->record;
    if (!_thimble_find_parameter(record->signature, name, &i, &why)) {
        asking.name = NULL;
        fail(&asking, why.data);
    }
    asking.argument = _thimble_argument(record, i);
    asking.is = _thimble_bare_type(asking.argument.unit, asking.argument.type);
    if (asking.is->kind != THIMBLE_POINTER)
        return converted(&asking, asking.argument.type, asking.argument.data);
    return is_the_pointer(&asking) ? as_pointer(&asking) : as_pointee(&asking);
}
