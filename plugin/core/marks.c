#include "marks.h"

#include "discovery.h"
#include <string.h>

static const char *const words[] = {
    [THIMBLE_TAG] = "TAG",
    [THIMBLE_TIMEOUT] = "TIMEOUT",
    [THIMBLE_SKIP] = "SKIP",
    [THIMBLE_XFAIL] = "XFAIL",
};

enum { KINDS = sizeof words / sizeof *words };

bool marks_kind(const char *word, enum thimble_mark_kind *kind) {
    for (int i = 0; i < KINDS; i++) {
        *kind = (enum thimble_mark_kind)i;
        if (strcmp(words[i], word) == 0)
            return true;
    }
    return false;
}

void marks_misplaced(enum thimble_mark_kind kind, const char *name, char *out, size_t size) {
    struct line line = line_in(out, size);
    line_add(&line, "%s stands in front of %s, which is no test", words[kind], name);
}

static void say_misplaced(struct discovery *discovery, uint32_t index,
                          enum thimble_mark_kind kind) {
    const struct function *function = &discovery->model->functions[index];
    char text[LONGEST_MESSAGE];
    marks_misplaced(kind, function->is.name, text, sizeof text);
    struct line line = {text, sizeof text, strlen(text)};
    if (function->why)
        line_add(&line, ": %s", function->why);
    discovery_say(discovery, index, THIMBLE_NONE, text);
}

static const char *wrong_value(const struct mark *mark) {
    enum { LONGEST_SECONDS = 1000000000 };
    if (mark->record.kind != THIMBLE_TIMEOUT)
        return mark->has_text ? NULL : "a string in quotes";
    return mark->seconds >= 0 && mark->seconds <= LONGEST_SECONDS
               ? NULL
               : "seconds, a constant number that is not negative: 0 for none";
}

static void say_value(struct discovery *discovery, const struct mark *mark, const char *wanted) {
    char text[LONGEST_MESSAGE];
    struct line line = line_in(text, sizeof text);
    line_add(&line, "%s of %s takes %s", words[mark->record.kind],
             discovery->model->functions[mark->record.test].is.name, wanted);
    discovery_say(discovery, mark->record.test, THIMBLE_NONE, text);
}

/* A time that is not zero stays so. */
static uint64_t microseconds(double seconds) {
    uint64_t rounded = (uint64_t)(seconds * 1e6 + 0.5);
    return rounded || seconds == 0 ? rounded : 1;
}

/* A mark that both a declaration and the definition have counts once. */
static bool is_repeated(const struct model *model, size_t count, const struct thimble_mark *mark) {
    for (size_t i = 0; i < count; i++)
        if (memcmp(&model->marks[i].record, mark, sizeof *mark) == 0)
            return true;
    return false;
}

void marks_add(struct discovery *discovery) {
    struct model *model = discovery->model;
    size_t kept = 0;
    for (size_t i = 0; i < model->mark_count; i++) {
        struct mark mark = model->marks[i];
        uint32_t test = discovery_test_of(model, mark.record.test);
        const char *wanted = wrong_value(&mark);
        if (wanted)
            say_value(discovery, &mark, wanted);
        else if (test == THIMBLE_NONE && !model->functions[mark.record.test].said)
            say_misplaced(discovery, mark.record.test, mark.record.kind);
        if (wanted || test == THIMBLE_NONE)
            continue;
        mark.record.test = test;
        if (mark.record.kind == THIMBLE_TIMEOUT)
            mark.record.microseconds = microseconds(mark.seconds);
        if (!is_repeated(model, kept, &mark.record))
            model->marks[kept++] = mark;
    }
    model->mark_count = kept;
}
