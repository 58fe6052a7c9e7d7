#include "subtests.h"

#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"

/* More lines than a slate can hold. */
enum { MOST_SUBTESTS = 8192 };

static struct span span_of(const char *start, const char *end) {
    return (struct span){start, (size_t)(end - start)};
}

/* What is read of the message. */
struct split {
    struct span rest;
    struct text *own;
    struct subtest *list;
    uint32_t *numbers; /* by their place in the list */
    uint32_t room, count;
};

static struct span take_line(struct span *rest) {
    const char *end = memchr(rest->bytes, '\n', rest->length);
    struct span line = span_of(rest->bytes, end ? end : rest->bytes + rest->length);
    size_t taken = line.length + (end != NULL);
    rest->bytes += taken;
    rest->length -= taken;
    return line;
}

/* 0 where there is none. */
static unsigned long long take_number(struct span *line) {
    unsigned long long number = 0;
    while (line->length > 0 && *line->bytes == ' ')
        line->bytes++, line->length--;
    while (line->length > 0 && *line->bytes >= '0' && *line->bytes <= '9') {
        number = number * 10 + (unsigned long long)(*line->bytes - '0');
        line->bytes++, line->length--;
    }
    return number;
}

/* ---- Subtests ---- */

/* Null where there is no room for one more. */
static struct subtest *add(struct split *split, uint32_t number) {
    if (split->count++ >= split->room)
        return NULL;
    struct subtest *subtest = &split->list[split->count - 1];
    split->numbers[split->count - 1] = number;
    *subtest = (struct subtest){.outcome = SUBTEST_FAILED, .name = {"", 0}, .message = {"", 0}};
    return subtest;
}

/* The latest are asked for most. */
static struct subtest *find(struct split *split, uint32_t number) {
    uint32_t count = split->count < split->room ? split->count : split->room;
    for (uint32_t i = count; i > 0; i--)
        if (split->numbers[i - 1] == number)
            return &split->list[i - 1];
    return NULL;
}

static struct span join(struct span a, struct span b) {
    if (a.length == 0)
        return b;
    char *bytes = _thimble_alloc(&_thimble_arena, a.length + 1 + b.length + 1);
    memcpy(bytes, a.bytes, a.length);
    bytes[a.length] = '\n';
    memcpy(bytes + a.length + 1, b.bytes, b.length);
    return (struct span){bytes, a.length + 1 + b.length};
}

static bool is_mark(struct span line, enum subtest_line kind) {
    return line.length >= 2 && line.bytes[0] == SUBTEST_MARK && line.bytes[1] == (char)kind;
}

/* Behind its number and what else comes before it. */
static void take_name(struct subtest *subtest, struct span line) {
    if (line.length > 0)
        subtest->name = (struct span){line.bytes + 1, line.length - 1};
}

static void read_saying(struct split *split, struct span line) {
    uint32_t number = (uint32_t)take_number(&line);
    const char *start = split->rest.bytes, *end = start;
    while (split->rest.length > 0) {
        struct span next = take_line(&split->rest);
        if (is_mark(next, SUBTEST_HAS_SAID))
            break;
        end = next.bytes + next.length;
    }
    struct subtest *subtest = find(split, number);
    if (!subtest)
        subtest = add(split, number);
    if (!subtest)
        return;
    take_name(subtest, line);
    subtest->message = join(subtest->message, span_of(start, end));
}

static void read_outcome(struct split *split, struct span line, int outcome) {
    uint32_t number = (uint32_t)take_number(&line);
    double seconds = (double)take_number(&line) / 1e6;
    struct subtest *subtest = find(split, number);
    if (!subtest)
        subtest = add(split, number);
    if (!subtest)
        return;
    subtest->outcome = outcome;
    subtest->seconds = seconds;
    take_name(subtest, line);
}

static void add_untold(struct split *split, unsigned long long count, int outcome) {
    struct text name = _thimble_growing_text();
    struct subtest *subtest = count > 0 ? add(split, UINT32_MAX) : NULL;
    if (!subtest)
        return;
    _thimble_printf(&name, "... and %llu more", count);
    subtest->outcome = outcome;
    subtest->name = (struct span){name.data, name.length};
}

static void read_untold(struct split *split, struct span line) {
    add_untold(split, take_number(&line), SUBTEST_FAILED);
    add_untold(split, take_number(&line), SUBTEST_PASSED);
    add_untold(split, take_number(&line), SUBTEST_SKIPPED);
}

/* ---- The message ---- */

static void read_line(struct split *split, struct span line) {
    struct span behind = {line.bytes + 2, line.length - 2};
    if (is_mark(line, SUBTEST_SAYS))
        read_saying(split, behind);
    else if (is_mark(line, SUBTEST_HAS_FAILED))
        read_outcome(split, behind, SUBTEST_FAILED);
    else if (is_mark(line, SUBTEST_HAS_PASSED))
        read_outcome(split, behind, SUBTEST_PASSED);
    else if (is_mark(line, SUBTEST_WAS_SKIPPED))
        read_outcome(split, behind, SUBTEST_SKIPPED);
    else if (is_mark(line, SUBTESTS_UNTOLD))
        read_untold(split, behind);
    else if (!is_mark(line, SUBTEST_HAS_SAID)) {
        if (split->own->length > 0)
            _thimble_puts(split->own, "\n");
        _thimble_put(split->own, line.bytes, line.length);
    }
}

uint32_t _thimble_split_subtests(struct span message, struct text *own, struct subtest *list,
                                 uint32_t room) {
    static uint32_t numbers[MOST_SUBTESTS];
    struct split split = {.rest = message, .own = own, .list = list, .numbers = numbers};
    split.room = room < MOST_SUBTESTS ? room : MOST_SUBTESTS;
    if (!memchr(message.bytes, SUBTEST_MARK, message.length)) {
        _thimble_put(own, message.bytes, message.length);
        return 0;
    }
    while (split.rest.length > 0)
        read_line(&split, take_line(&split.rest));
    return split.count;
}
