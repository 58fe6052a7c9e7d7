/* A type's own repr_NAME. It is user code: it may print values itself, of its own type
 * too, and be left by a jump. */
#include "printer.h"

#include "../base/peek.h"
#include "own.h"
#include <stdint.h>
#include <string.h>

enum { MOST_ACTIVE = 8 };

/* The functions that this thread is in. A value of the same type that one of them prints is
 * shown by its fields: else it would go on for ever. */
static __thread struct {
    const void *function;
    uintptr_t frame; /* of who called it; one that is not above the asker's was left by a jump */
} active[MOST_ACTIVE] __attribute__((tls_model("initial-exec")));
static __thread unsigned active_count __attribute__((tls_model("initial-exec")));

static bool is_active(const void *function, uintptr_t frame) {
    while (active_count && active[active_count - 1].frame <= frame)
        active_count--;
    for (unsigned i = 0; i < active_count; i++)
        if (active[i].function == function)
            return true;
    return active_count == MOST_ACTIVE;
}

/* Whether all of the object can be read. */
static bool is_there(const char *data, size_t size) {
    char piece[1024];
    for (size_t at = 0; at < size; at += sizeof piece) {
        size_t wanted = size - at < sizeof piece ? size - at : sizeof piece;
        if (_thimble_peek(piece, data + at, wanted) != wanted)
            return false;
    }
    return true;
}

static const char *ask(const void *function, const char *data, uintptr_t frame) {
    union {
        const void *address;
        const char *(*function)(const void *);
    } own = {function};
    active[active_count].function = function;
    active[active_count++].frame = frame;
    const char *text = own.function(data);
    active_count--;
    return text;
}

/* False where it can't be read. */
static bool put_text(struct printer *printer, const char *text) {
    char piece[256];
    int ended = 0;
    ptrdiff_t length;
    do {
        length = text ? _thimble_peek_string(piece, text, sizeof piece, &ended) : -1;
        if (length < 0)
            return false;
        _thimble_put(printer->out, piece, (size_t)length);
        text += length;
    } while (!ended && length && !_thimble_is_too_long(printer));
    _thimble_put_here(printer, ended ? "" : " /* ... */");
    return true;
}

bool _thimble_put_own(struct printer *printer, uint32_t named, const struct thimble_type *type,
                      const char *data) {
    const void *function =
        printer->style->plain ? NULL : _thimble_own_function(printer->unit, named, "repr_");
    uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
    if (!function || is_active(function, frame) ||
        (uintptr_t)data % (type->align ? type->align : 1) || !is_there(data, (size_t)type->size))
        return false;
    const char *text = ask(function, data, frame);
    printer->window.size = 0; /* it may have written to what was read */
    if (put_text(printer, text))
        return true;
    _thimble_put_here(printer, text ? "/* its own repr returned what is no string */ "
                                    : "/* its own repr returned NULL */ ");
    return false;
}
