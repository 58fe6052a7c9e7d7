#include "diff_parts.h"

#include <string.h>

enum {
    CONTEXT = 2,     /* equal lines around those that differ */
    MOST_LINES = 64, /* that are looked at, on each side */
    MOST_SHOWN = 24, /* that differ */
    FARTHEST = 16,   /* lines by which a side may be ahead: more than are shown */
    PASSAGE_SIZE = 4096,
    FARTHEST_IN = 200, /* characters: in a longer line nobody finds anything */
    LONGEST_LINE = 100
};

struct line {
    const char *start;
    size_t length;
    bool ended; /* by a newline */
};

/* What one of the strings has from a line on. */
struct passage {
    struct line lines[MOST_LINES];
    size_t count;
    bool whole; /* its last line is the string's */
    char bytes[PASSAGE_SIZE];
};

struct lines {
    struct text *out;
    struct passage passages[2];
    size_t at[2]; /* the next line of each */
    size_t shown; /* lines that differ */
    bool gap;     /* was shown last */
};

/* ---- Reading ---- */

static void split(struct passage *passage, size_t length) {
    const char *at = passage->bytes, *end = at + length;
    while (at < end && passage->count < MOST_LINES) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        if (!newline && !passage->whole)
            return; /* the rest of it is not there */
        passage->lines[passage->count++] = (struct line){at, (size_t)(stop - at), newline};
        at = newline ? newline + 1 : end;
    }
    passage->whole = passage->whole && at == end;
}

static void read_passage(struct passage *passage, struct window *window,
                         const struct characters *string, uint64_t from) {
    struct text raw = _thimble_text(passage->bytes, sizeof passage->bytes);
    uint64_t most = (PASSAGE_SIZE - 8) / (string->width == 1 ? 1 : 4);
    uint32_t next;
    uint64_t end = _thimble_put_characters(&raw, window, string, from, from + most);
    passage->count = 0;
    passage->whole = _thimble_character_at(window, string, end, &next) != CHARACTER_IS;
    split(passage, raw.length);
}

/* Where the line begins in which the difference is, how many lines stand before it, and
 * where the context begins. */
struct start {
    uint64_t line, number, context;
};

static struct start find_start(struct window *window, const struct characters *string,
                               uint64_t difference) {
    uint64_t starts[CONTEXT + 1] = {0};
    uint64_t number = 0;
    uint32_t character;
    for (uint64_t at = 0; at < difference; at++)
        if (_thimble_character_at(window, string, at, &character) == CHARACTER_IS &&
            character == '\n')
            starts[++number % (CONTEXT + 1)] = at + 1;
    uint64_t before = number < CONTEXT ? number : CONTEXT;
    return (struct start){starts[number % (CONTEXT + 1)], number,
                          starts[(number - before) % (CONTEXT + 1)]};
}

/* ---- Showing ---- */

/* As it is, but for what cannot be seen: a quote needs no backslash here. */
static void put_plainly(struct text *out, const char *bytes, size_t length) {
    char escaped[4 * LONGEST_LINE + 8];
    struct text literal = _thimble_text(escaped, sizeof escaped);
    _thimble_repr_string(&literal, bytes, length, SIZE_MAX);
    for (size_t i = 1; i + 1 < literal.length; i++) {
        if (escaped[i] == '\\' && escaped[i + 1] != '"')
            _thimble_put(out, &escaped[i++], 1);
        else if (escaped[i] == '\\')
            i++;
        _thimble_put(out, &escaped[i], 1);
    }
}

static void put_line(struct lines *lines, const char *sign, const struct line *line, bool newline) {
    size_t length = line->length < LONGEST_LINE ? line->length : LONGEST_LINE;
    while (length < line->length && length && ((unsigned char)line->start[length] & 0xc0) == 0x80)
        length--;
    lines->gap = false;
    _thimble_printf(lines->out, "\n  %s   ", sign);
    put_plainly(lines->out, line->start, length);
    _thimble_puts(lines->out, length < line->length ? "..." : newline && line->ended ? "\\n" : "");
    /* No blanks at the end of a line that is empty. */
    while (lines->out->data[lines->out->length - 1] == ' ' && !length && !newline)
        lines->out->data[--lines->out->length] = '\0';
}

static void put_gap(struct lines *lines) {
    if (!lines->gap)
        _thimble_puts(lines->out, "\n      ...");
    lines->gap = true;
}

static bool same_line(const struct line *a, const struct line *b) {
    return a->length == b->length && a->ended == b->ended &&
           memcmp(a->start, b->start, a->length) == 0;
}

/* A line and what has become of it, with a caret where they differ. */
static void put_change(struct lines *lines, const struct line *a, const struct line *b) {
    size_t same = 0, least = a->length < b->length ? a->length : b->length;
    char front[4 * LONGEST_LINE + 8];
    struct text before = _thimble_text(front, sizeof front);
    while (same < least && a->start[same] == b->start[same])
        same++;
    while (same && same < least && ((unsigned char)a->start[same] & 0xc0) == 0x80)
        same--;
    bool newline = a->length == b->length && same == a->length;
    put_line(lines, "-", a, newline || !a->length);
    put_line(lines, "+", b, newline || !b->length);
    if (same >= LONGEST_LINE)
        return;
    put_plainly(&before, a->start, same);
    _thimble_put_caret(lines->out, 6 + _thimble_columns(front, before.length));
}

static void put_block(struct lines *lines, int side, size_t count) {
    for (; count > 0 && lines->shown < MOST_SHOWN; count--, lines->shown++) {
        const struct line *line = &lines->passages[side].lines[lines->at[side]++];
        put_line(lines, side ? "+" : "-", line, !line->length);
    }
}

static void put_changes(struct lines *lines, size_t count) {
    for (; count > 0 && lines->shown < MOST_SHOWN; count--) {
        put_change(lines, &lines->passages[0].lines[lines->at[0]++],
                   &lines->passages[1].lines[lines->at[1]++]);
        lines->shown += 2;
    }
}

/* ---- Comparing ---- */

static const struct line *line_at(const struct lines *lines, int side, size_t ahead) {
    const struct passage *passage = &lines->passages[side];
    size_t at = lines->at[side] + ahead;
    return at < passage->count ? &passage->lines[at] : NULL;
}

static bool meet(const struct lines *lines, size_t a, size_t b) {
    const struct line *one = line_at(lines, 0, a), *other = line_at(lines, 1, b);
    return one && other && same_line(one, other);
}

/* The fewest lines that have to be passed over until the sides agree again. */
static bool find_meeting(const struct lines *lines, size_t *a, size_t *b) {
    for (size_t both = 1; both <= FARTHEST + FARTHEST; both++)
        for (*a = both > FARTHEST ? both - FARTHEST : 0; *a <= both && *a <= FARTHEST; ++*a) {
            *b = both - *a;
            if (meet(lines, *a, *b))
                return true;
        }
    return false;
}

static size_t left(const struct lines *lines, int side) {
    return lines->passages[side].count - lines->at[side];
}

static void put_differing(struct lines *lines) {
    size_t a, b;
    if (!find_meeting(lines, &a, &b)) {
        a = left(lines, 0);
        b = left(lines, 1);
    }
    if (a == b) {
        put_changes(lines, a);
        return;
    }
    put_block(lines, 0, a);
    put_block(lines, 1, b);
}

static void put_equal(struct lines *lines, size_t from, size_t to) {
    for (; from < to; from++)
        put_line(lines, " ", line_at(lines, 0, from), false);
}

/* The lines that are equal: those next to others that differ. */
static void put_agreeing(struct lines *lines, bool first) {
    size_t count = 0;
    while (meet(lines, count, count))
        count++;
    bool last = !line_at(lines, 0, count) && !line_at(lines, 1, count);
    size_t behind = first ? 0 : CONTEXT, before = last ? 0 : CONTEXT;
    if (count <= behind + before) {
        put_equal(lines, 0, count);
    } else {
        put_equal(lines, 0, behind);
        put_gap(lines);
        put_equal(lines, count - before, count);
    }
    lines->at[0] += count;
    lines->at[1] += count;
}

static void put_all(struct lines *lines) {
    put_agreeing(lines, true);
    while (lines->shown < MOST_SHOWN && (left(lines, 0) || left(lines, 1))) {
        put_differing(lines);
        if (left(lines, 0) && left(lines, 1))
            put_agreeing(lines, false);
    }
    bool more = left(lines, 0) || left(lines, 1);
    if (more || !lines->passages[0].whole || !lines->passages[1].whole)
        put_gap(lines);
}

bool _thimble_put_lines(struct text *out, struct comparison *comparison,
                        const struct difference *difference, const char *const names[2]) {
    struct lines lines = {.out = out};
    struct characters strings[2];
    _thimble_strings_of(comparison, difference, strings);
    struct start start = find_start(&comparison->windows[0], &strings[0], difference->character);
    uint64_t column = difference->character - start.line;
    if (column > FARTHEST_IN || start.line - start.context > PASSAGE_SIZE / 2)
        return false;
    for (int side = 0; side < 2; side++)
        read_passage(&lines.passages[side], &comparison->windows[side], &strings[side],
                     start.context);
    if (start.number == 0 && lines.passages[0].count < 2 && lines.passages[1].count < 2)
        return false;
    _thimble_printf(out, "\n  line %llu is the first that differs",
                    (unsigned long long)start.number + 1);
    _thimble_printf(out, "\n  - %s\n  + %s", names[0], names[1]);
    if (start.context > 0)
        put_gap(&lines);
    put_all(&lines);
    return true;
}
