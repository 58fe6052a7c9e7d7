/* What <thimble/repr.h> declares, but reprf. */
#include <thimble/repr.h>

#include "../base/arena.h"
#include "../check/check.h"
#include "../check/running.h"
#include "../mock/memory.h"
#include "public.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/* ---- The style ---- */

enum { DEFAULT_DEPTH = 3, DEFAULT_LIMIT = 8192 };

static _Atomic unsigned depth = DEFAULT_DEPTH;
static _Atomic size_t limit = DEFAULT_LIMIT;
static _Atomic unsigned changed_in; /* the number of the scope + 1 */

struct repr_style _thimble_repr_style(void) {
    return (struct repr_style){.depth = atomic_load(&depth), .limit = atomic_load(&limit)};
}

struct before {
    struct repr_style style;
    unsigned changed_in;
};

static void put_back(void *data) {
    const struct before *before = data;
    atomic_store(&depth, before->style.depth);
    atomic_store(&limit, before->style.limit);
    atomic_store(&changed_in, before->changed_in);
}

/* Outside a test it stays so. */
static void will_change(void) {
    unsigned scope = _thimble_scope() + 1;
    if (!_thimble_is_in_test() || atomic_load(&changed_in) == scope)
        return;
    struct before *before = _thimble_test_alloc(sizeof *before);
    before->style = _thimble_repr_style();
    before->changed_in = atomic_exchange(&changed_in, scope);
    _thimble_at_test_end(put_back, before);
}

THIMBLE_API void thimble_repr_set_depth(unsigned pointers) {
    will_change();
    atomic_store(&depth, pointers);
}

THIMBLE_API void thimble_repr_set_limit(size_t bytes) {
    will_change();
    atomic_store(&limit, bytes);
}

/* ---- Drafts ---- */

/* The memory of a few texts serves all, one after another: a growing text leaves behind
 * what it grew out of. There are several, as a type's own repr may ask for another one;
 * where that is left by a jump, one is lost. */
enum { DRAFTS = 4 };

static struct kept_text {
    struct text text;
    _Atomic bool is_taken;
} kept[DRAFTS];

struct draft _thimble_new_draft(void) {
    for (size_t i = 0; i < DRAFTS; i++) {
        if (atomic_exchange(&kept[i].is_taken, true))
            continue;
        struct text *text = &kept[i].text;
        if (!text->data)
            *text = _thimble_growing_text();
        text->length = 0;
        text->data[0] = '\0';
        return (struct draft){*text, &kept[i]};
    }
    return (struct draft){_thimble_growing_text(), NULL};
}

void _thimble_drop_draft(struct draft *draft) {
    if (!draft->kept)
        return;
    draft->kept->text = draft->text;
    atomic_store(&draft->kept->is_taken, false);
}

void _thimble_put_value_of(struct text *out, const struct thimble_value *value) {
    struct repr_object object = _thimble_value_object(value);
    if (object.unit)
        _thimble_repr(out, object.unit, object.type, object.data);
    else
        _thimble_puts(out, "0 /* of a type that is not described */");
}

/* ---- repr ---- */

static const char *keep(const struct text *text) {
    if (!_thimble_is_in_test())
        return _thimble_strndup(&_thimble_arena, text->data, text->length);
    return memcpy(_thimble_test_alloc(text->length + 1), text->data, text->length + 1);
}

THIMBLE_API const char *thimble_repr_of(struct thimble_value value) {
    int saved = errno;
    struct draft draft = _thimble_new_draft();
    _thimble_put_value_of(&draft.text, &value);
    const char *copy = keep(&draft.text);
    _thimble_drop_draft(&draft);
    errno = saved;
    return copy;
}

/* ---- print_repr ---- */

/* The length of the operand that the list begins with, up to a comma that separates. */
static size_t operand_length(const char *list) {
    int depth = 0;
    size_t at = 0;
    for (; list[at] && (depth || list[at] != ','); at++) {
        char c = list[at];
        depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
        if (c != '"' && c != '\'')
            continue;
        for (at++; list[at] && list[at] != c; at++)
            at += list[at] == '\\' && list[at + 1];
        if (!list[at])
            break;
    }
    return at;
}

THIMBLE_API void thimble_print_repr_of(const char *operands, size_t count,
                                       const struct thimble_value *values) {
    int saved = errno;
    struct draft draft = _thimble_new_draft();
    for (size_t i = 0; i < count; i++) {
        size_t length = operand_length(operands);
        _thimble_put(&draft.text, operands, length);
        _thimble_puts(&draft.text, " = ");
        _thimble_put_value_of(&draft.text, &values[i]);
        _thimble_puts(&draft.text, "\n");
        operands += length + (operands[length] == ',');
        operands += strspn(operands, " ");
    }
    fwrite(draft.text.data, 1, draft.text.length, stdout);
    _thimble_drop_draft(&draft);
    errno = saved;
}
