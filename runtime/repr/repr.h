/* repr.h: values as C source, by their description.
 *
 * What is printed initialises an object of the type to an equal value. Where C has no
 * constant for it, a comment says so. Memory is read in a way that cannot fault; the
 * depth and the limit of a style bound the time too.
 */
#ifndef REPR_REPR_H
#define REPR_REPR_H

#include "../base/text.h"
#include "../registry/registry.h"
#include <thimble/base.h>

/* How a value is to look. */
struct repr_style {
    unsigned depth; /* how many pointers are followed; those to strings are not counted */
    size_t limit;   /* of the text, about; then the rest is left out */
    size_t elements, characters; /* most of an array's, of a string's; 0: as the limit says */
    bool inside;                 /* as it stands in another's braces: no type in front of its own */
    bool plain; /* nothing is called or looked up but names: no repr_NAME of a type's own,
                   nothing of the tracker's */
    /* Columns. A struct, union or array of those that is longer gets a line for each
     * member, four spaces further in than the one before it; 0: all in one line. Asks for
     * a text that grows. */
    size_t width;
    size_t indent; /* spaces that the lines behind the first begin with */
};

/* What repr_set_depth and repr_set_limit asked for, or else the defaults; in one line. */
struct repr_style _thimble_repr_style(void);

/* For what was copied earlier: pointers to strings are followed and no others, and what
 * is long is shortened. */
extern const struct repr_style _thimble_repr_shallow;

/* Appends the object of this type at `data`, in the style of _thimble_repr_style. A type's
 * own repr_NAME, user code, is called. */
void _thimble_repr(struct text *, const struct unit *, uint32_t type, const void *data);
void _thimble_repr_with(struct text *, const struct unit *, uint32_t type, const void *data,
                        const struct repr_style *);

/* The same of `count` objects of that type, one behind the other: one as itself, several in
 * braces, characters as a string. */
void _thimble_repr_elements(struct text *, const struct unit *, uint32_t type, const void *data,
                            size_t count, const struct repr_style *);

/* The object that a value of the header's macros is: an array as it stands, not the pointer
 * to it. `unit` is null where the type is not described. */
struct repr_object {
    const struct unit *unit;
    uint32_t type;
    const void *data;
};
struct repr_object _thimble_value_object(const struct thimble_value *);

/* Appends a string literal with escapes, cut after `limit` characters with a comment
 * behind it. */
void _thimble_repr_string(struct text *, const char *bytes, size_t length, size_t limit);

/* Whether a reader would take the bytes for a text: visible characters, and lines of them. */
bool _thimble_reads_as_text(const char *bytes, size_t count);

/* "stderr", and the other two streams that everybody knows by name; else null. */
const char *_thimble_stream_name(const void *stream);

/* Appends the type as C declares it around `name`: "int (*f)(char *)". name may
 * be "". */
void _thimble_repr_type(struct text *, const struct unit *, uint32_t type, const char *name);

#endif
