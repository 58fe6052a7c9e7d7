#include "printer.h"

#include "../base/peek.h"
#include <string.h>
#include <sys/mman.h>

void _thimble_put_here(struct printer *printer, const char *string) {
    _thimble_puts(printer->out, string);
}

/* ---- How long ---- */

bool _thimble_is_too_long(const struct printer *printer) {
    return printer->out->length >= printer->end || printer->out->cut;
}

size_t _thimble_enter_part(struct printer *printer, uint64_t count) {
    enum { EACH = 32, MOST = 16, LITTLE = 128 };
    size_t end = printer->end, others = EACH * (size_t)(count < MOST ? count : MOST);
    size_t left = _thimble_is_too_long(printer) ? 0 : end - printer->out->length;
    if (left > LITTLE)
        printer->end -= others < left / 2 ? others : left / 2;
    return end;
}

void _thimble_leave_part(struct printer *printer, size_t end) {
    printer->end = end;
}

/* ---- Reading ---- */

const char *_thimble_look_at_scalar(struct printer *printer, const char *address, size_t size) {
    const char *bytes =
        size <= LARGEST_SCALAR ? _thimble_look(&printer->window, address, size) : NULL;
    if (!bytes)
        _thimble_put_here(printer, "0 /* unreadable */");
    return bytes;
}

size_t _thimble_used_bytes(struct printer *printer, const char *data, size_t size) {
    size_t used = 0;
    for (size_t at = 0, piece; at < size; at += piece ? piece : 1) {
        const char *bytes = _thimble_look_along(&printer->window, data + at, size - at, &piece);
        for (size_t i = 0; i < piece; i++)
            if (bytes[i])
                used = at + i + 1;
    }
    return used;
}

/* Pages of its own where it is large: the stack may be small. */
void _thimble_copy(struct copy *copy, const char *data, size_t size) {
    copy->bytes = copy->here;
    copy->mapped = 0;
    if (size > sizeof copy->here) {
        void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        copy->mapped = pages == MAP_FAILED ? 0 : size;
        copy->bytes = copy->mapped ? pages : copy->here;
        size = copy->mapped ? size : sizeof copy->here;
    }
    copy->size = _thimble_peek(copy->bytes, data, size);
}

void _thimble_drop_copy(struct copy *copy) {
    if (copy->mapped)
        munmap(copy->bytes, copy->mapped);
}

/* ---- Braces ---- */

enum { INDENT = 4 };

static void put_line(struct printer *printer) {
    _thimble_put_here(printer, "\n");
    for (size_t i = 0; i < printer->indent; i++)
        _thimble_put_here(printer, " ");
}

void _thimble_begin_part(struct printer *printer) {
    bool more = printer->any;
    printer->any = true;
    if (!printer->in_lines) {
        _thimble_put_here(printer, more ? ", " : "");
        return;
    }
    _thimble_put_here(printer, more ? "," : "");
    put_line(printer);
}

void _thimble_leave_out(struct printer *printer, const char *comment) {
    bool first = !printer->any;
    _thimble_begin_part(printer);
    _thimble_printf(printer->out, "%s/* %s */", first ? "0 " : "", comment);
    printer->any = first;
}

static void put_braces(struct printer *printer,
                       void (*put_parts)(struct printer *, const struct thimble_type *,
                                         const char *),
                       const struct thimble_type *type, const char *data, bool in_lines) {
    bool outer_in_lines = printer->in_lines, outer_any = printer->any;
    size_t indent = printer->indent;
    _thimble_put_here(printer, "{");
    printer->in_lines = in_lines;
    printer->any = false;
    printer->indent += in_lines ? INDENT : 0;
    printer->nesting++;
    put_parts(printer, type, data);
    printer->nesting--;
    printer->indent = indent;
    if (in_lines) {
        _thimble_put_here(printer, printer->any ? "," : "");
        put_line(printer);
    }
    _thimble_put_here(printer, "}");
    printer->in_lines = outer_in_lines;
    printer->any = outer_any;
}

/* Whether the line that `start` is in is short enough, as far as it is written. */
static bool fits(const struct printer *printer, size_t start) {
    const struct text *out = printer->out;
    while (start > printer->start && out->data[start - 1] != '\n')
        start--;
    return out->length - start <= printer->style->width;
}

void _thimble_put_braces(struct printer *printer,
                         void (*put_parts)(struct printer *, const struct thimble_type *,
                                           const char *),
                         const struct thimble_type *type, const char *data, bool may_break) {
    size_t start = printer->out->length;
    bool may_break_here = may_break && printer->style->width && !printer->in_one_line;
    if (printer->nesting >= DEEPEST_NESTING) {
        _thimble_put_here(printer, "{0 /* ... */}");
        return;
    }
    if (!may_break_here) {
        put_braces(printer, put_parts, type, data, false);
        return;
    }
    printer->in_one_line = true;
    put_braces(printer, put_parts, type, data, false);
    printer->in_one_line = false;
    if (fits(printer, start))
        return;
    printer->out->length = start;
    printer->out->data[start] = '\0';
    put_braces(printer, put_parts, type, data, true);
}

void _thimble_make_comment(struct text *text, size_t start) {
    for (size_t i = start; i + 1 < text->length; i++) {
        bool opens = text->data[i] == '/' && text->data[i + 1] == '*';
        bool closes = text->data[i] == '*' && text->data[i + 1] == '/';
        if (opens || closes)
            text->data[i] = ' ';
        if (opens || closes)
            text->data[i + 1] = opens ? '(' : ')';
    }
}
