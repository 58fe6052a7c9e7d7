/* printer.h: what the files of repr share: a value on its way into text. Each _thimble_put_…
 * appends one kind of value. */
#ifndef REPR_PRINTER_H
#define REPR_PRINTER_H

#include "../base/window.h"
#include "number.h"
#include "recorded.h"
#include "repr.h"

enum {
    LARGEST_SCALAR = 32,  /* bytes */
    DEEPEST_NESTING = 200 /* braces and pointers: the stack is finite */
};

/* An object that is being printed, and those that it stands in. */
struct opened {
    const struct opened *outer;
    const char *start;
    size_t size;
};

struct printer {
    struct text *out;
    const struct unit *unit;
    const struct repr_style *style;
    bool is_recorded; /* what is printed is a copy: see recorded.h */
    const struct recorded *recorded;
    size_t recorded_count;

    size_t start;     /* of what is printed, in `out` */
    size_t end;       /* where `out` is long enough, and the rest is left out */
    unsigned depth;   /* pointers that may still be followed */
    unsigned nesting; /* in `opened`, and in braces */
    const struct opened *opened;
    unsigned symbol_searches; /* that may still be made */

    /* Where braces stand over several lines. */
    bool in_one_line; /* all of it: whether it fits is being tried */
    size_t indent;
    /* Of the braces that are open: */
    bool in_lines;
    bool any; /* something stands in them */

    struct window window;
};

/* ---- printer.c ---- */

void _thimble_put_here(struct printer *, const char *string);

/* Whether the rest is to be left out. */
bool _thimble_is_too_long(const struct printer *);

/* A part leaves room for the `count` that stand behind it, so that one that is large does not
 * hide them. Returns what _thimble_leave_part takes. */
size_t _thimble_enter_part(struct printer *, uint64_t count);
void _thimble_leave_part(struct printer *, size_t end);

/* A copy of a scalar's bytes, good until the next look; or null, which it says, where they
 * can't be read. */
const char *_thimble_look_at_scalar(struct printer *, const char *address, size_t size);

/* A copy of what can be read, from the front. */
struct copy {
    size_t size;
    char *bytes;
    size_t mapped;
    char here[2048];
};
void _thimble_copy(struct copy *, const char *data, size_t size);
void _thimble_drop_copy(struct copy *);

/* The bytes behind which the object holds zeros only. */
size_t _thimble_used_bytes(struct printer *, const char *data, size_t size);

/* Braces around parts, which put_parts appends: in one line where they fit, and unless
 * `may_break` is set. */
void _thimble_put_braces(struct printer *,
                         void (*put_parts)(struct printer *, const struct thimble_type *,
                                           const char *data),
                         const struct thimble_type *, const char *data, bool may_break);
/* What each part begins with. */
void _thimble_begin_part(struct printer *);
/* The comment that stands for all further parts. */
void _thimble_leave_out(struct printer *, const char *comment);

/* Makes what was appended from here on fit into a comment. */
void _thimble_make_comment(struct text *, size_t start);

/* ---- repr.c ---- */

/* Anything. Inside another's braces a value's own need no type in front of them; as an
 * expression they do; as a literal whose address is taken, scalars get braces too. */
enum form { INSIDE, AS_EXPRESSION, AS_LITERAL };
void _thimble_put_value(struct printer *, uint32_t type, const char *data, enum form);

/* Whether the type's name can stand in front of braces. */
bool _thimble_has_name(const struct unit *, uint32_t type);
/* A cast to the type, whose own qualifiers don't count: a value has none. */
void _thimble_put_cast(struct text *, const struct unit *, uint32_t type);

/* ---- array.c ---- */

void _thimble_put_array(struct printer *, const struct thimble_type *, const char *data);
/* An array of characters is a literal, without braces. */
bool _thimble_is_text_array(const struct unit *, const struct thimble_type *);

/* ---- aggregate.c ---- */

void _thimble_put_aggregate(struct printer *, const struct thimble_type *, const char *data);

/* ---- union.c ---- */

/* The member that says most about the union's bytes: the first that says all of them. */
const struct thimble_member *_thimble_union_member(struct printer *, const struct thimble_type *,
                                                   const char *data);

/* ---- own_text.c ---- */

/* The text of the type's own repr_NAME. False where it has none, or none now. */
bool _thimble_put_own(struct printer *, uint32_t named, const struct thimble_type *,
                      const char *data);

/* ---- pointer.c ---- */

void _thimble_put_pointer(struct printer *, uint32_t named, const struct thimble_type *,
                          const char *place);

/* ---- memory.c ---- */

/* How many bytes there are from the address on to the end of its block or object; 0 where
 * that is not known. */
size_t _thimble_known_size(struct printer *, const char *address);
/* Comments. What is known of the block that the address is in: 64 bytes of struct animal,
 * from zoo.c:12; nothing where nothing is. */
void _thimble_put_block(struct printer *, const char *address);
/* False where it is not known to be freed. */
bool _thimble_put_freed(struct printer *, const char *address);
/* What a pointer leads to, in the unit that describes it. */
struct followed {
    const struct unit *unit;
    uint32_t named;
    const struct thimble_type *type; /* bare; null for none */
};
/* The pointer by the name of what it points to. False where that has none. */
bool _thimble_put_symbol(struct printer *, uint32_t named, const struct followed *target,
                         const char *address);

/* ---- string.c ---- */

/* A literal of `count` characters of `width` bytes each, at most `most` and until the text
 * is `end` long. Returns how many it holds. */
size_t _thimble_put_literal(struct text *, const char *prefix, const char *units, size_t count,
                            unsigned width, size_t most, size_t end);
/* One character: 'a', L'\0'. */
void _thimble_put_character(struct text *, const char *prefix, unsigned width, uint32_t value);

#endif
