/* diff_parts.h: what the files behind diff.h share. */
#ifndef REPR_DIFF_PARTS_H
#define REPR_DIFF_PARTS_H

#include "diff.h"
#include "path.h"

/* ---- diff.c ---- */

/* The way from an operand to what stands at this place in a pair's objects; `stop` is a type
 * of the first side. */
void _thimble_diff_path(struct path *, const struct comparison *, const char *operand,
                        uint32_t pair, uint64_t place, uint32_t stop);

/* How many columns UTF-8 text takes, as far as that can be told here. */
size_t _thimble_columns(const char *text, size_t length);

/* The value on this side; of a string what stands around the difference. `inside`: without
 * a type in front of braces. Returns the column in it where the difference is, or 0. */
size_t _thimble_diff_value(struct text *, struct comparison *, const struct difference *, int side,
                           bool inside);

/* Appends a line with a caret in this column. */
void _thimble_put_caret(struct text *, size_t column);

/* ---- diff_note.c ---- */

/* Appends a line that says why two values that look alike, or are known as equal, differ;
 * nothing where that is plain. */
void _thimble_put_note(struct text *, struct comparison *, const struct difference *,
                       const char *const labels[2], const char *indent);

/* ---- diff_list.c ---- */

/* Several differences in the objects of one pair, or one between elements, as a list with
 * what surrounds them. False where one line each says as much. */
bool _thimble_put_list(struct text *, struct comparison *, const char *const operands[2]);

/* ---- diff_lines.c ---- */

/* Strings of several lines, line by line. False where they have one each. */
bool _thimble_put_lines(struct text *, struct comparison *, const struct difference *,
                        const char *const names[2]);

#endif
