#include "report.h"

#include "heap.h"
#include "model_data.h"
#include "type_text.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The report is one object:
 *
 *     file, directory, compiler
 *     tests    name, file, line, parameters: name, type; in order of definition. Only where
 *              there is one: if_provided: it is no test where nobody in the program provides
 *              its parameters; cases: name, type, count; marks: kind, text or seconds
 *     helpers  what has a test's name and is none: name, file, line, why
 *     fixtures name, file, line, kind, value, parameters as a test's; in order of definition
 *     seams    name, identity, calls; by identity
 *     sites    file, line, column, kind, function; callee, but for a call through a pointer;
 *              type, where it is known; wraps, where it is a wrapper's; by place
 *     pairs    allocator, release; in the order of the calls. Only where there is one
 */

struct writer {
    const struct model *model;
    FILE *out;
    bool more; /* something stands in front of the next item */
};

/* ---- JSON ---- */

/* How many bytes the UTF-8 sequence at text has; 0 where it is none. */
static int sequence_length(const unsigned char *text) {
    int length = *text < 0x80 ? 1 : *text < 0xc2 ? 0 : *text < 0xe0 ? 2 : *text < 0xf0 ? 3 : 4;
    if (*text > 0xf4)
        return 0;
    for (int i = 1; i < length; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (text[0] == 0xe0 && text[1] < 0xa0) || (text[0] == 0xf0 && text[1] < 0x90);
    bool surrogate = text[0] == 0xed && text[1] > 0x9f;
    bool too_large = text[0] == 0xf4 && text[1] > 0x8f;
    return overlong || surrogate || too_large ? 0 : length;
}

static void put_string(struct writer *to, const char *string) {
    putc('"', to->out);
    for (const unsigned char *at = (const unsigned char *)string; *at;) {
        int length = sequence_length(at);
        if (!length) /* a file's name may be any bytes, JSON may not */
            fputs("\\ufffd", to->out);
        else if (*at == '"' || *at == '\\')
            fprintf(to->out, "\\%c", *at);
        else if (*at < 0x20 || *at == 0x7f)
            fprintf(to->out, "\\u%04x", *at);
        else
            fwrite(at, 1, (size_t)length, to->out);
        at += length ? length : 1;
    }
    putc('"', to->out);
}

static void open_with(struct writer *to, char bracket) {
    putc(bracket, to->out);
    to->more = false;
}

static void close_with(struct writer *to, char bracket) {
    putc(bracket, to->out);
    to->more = true;
}

static void put_comma(struct writer *to, const char *between) {
    if (to->more)
        putc(',', to->out);
    fputs(to->more ? between : "", to->out);
    to->more = true;
}

static void put_key(struct writer *to, const char *key) {
    put_comma(to, " ");
    put_string(to, key);
    fputs(": ", to->out);
}

static void put_text(struct writer *to, const char *key, const char *value) {
    put_key(to, key);
    put_string(to, value);
}

static void put_number(struct writer *to, const char *key, uint64_t value) {
    put_key(to, key);
    fprintf(to->out, "%llu", (unsigned long long)value);
}

static void put_true(struct writer *to, const char *key) {
    put_key(to, key);
    fputs("true", to->out);
}

static void put_interned(struct writer *to, const char *key, uint32_t offset) {
    put_text(to, key, intern_text(&to->model->strings, offset));
}

static void put_type(struct writer *to, const char *key, uint32_t type) {
    char text[512];
    type_text(to->model, type, text, sizeof text);
    put_text(to, key, text);
}

/* A list at the top: an item a line. */
static void open_list(struct writer *to, const char *key) {
    fputs(",\n", to->out);
    put_string(to, key);
    fputs(": ", to->out);
    open_with(to, '[');
}

static void open_item(struct writer *to) {
    fputs(to->more ? ",\n  " : "\n  ", to->out);
    open_with(to, '{');
}

/* ---- The unit ---- */

static void put_parameters(struct writer *to, uint32_t function) {
    const struct thimble_type *type =
        model_bare_type(to->model, to->model->functions[function].is.type);
    put_key(to, "parameters");
    open_with(to, '[');
    for (uint32_t i = 0; i < type->count; i++) {
        const struct thimble_member *parameter = &to->model->members[type->first + i];
        put_comma(to, " ");
        open_with(to, '{');
        put_interned(to, "name", parameter->name);
        put_type(to, "type", parameter->type);
        close_with(to, '}');
    }
    close_with(to, ']');
}

static void put_place(struct writer *to, const struct model_function *function) {
    put_text(to, "name", function->name);
    put_text(to, "file", function->file);
    put_number(to, "line", function->line);
}

static void put_cases(struct writer *to, uint32_t test) {
    const struct model *model = to->model;
    for (size_t i = 0; i < model->cases_count; i++) {
        const struct thimble_cases *cases = &model->cases[i];
        if (cases->test != test)
            continue;
        put_key(to, "cases");
        open_with(to, '{');
        put_interned(to, "name", model->objects[model->symbols[cases->symbol].index].name);
        put_type(to, "type", cases->type);
        put_number(to, "count", cases->count);
        close_with(to, '}');
    }
}

static void put_mark(struct writer *to, const struct mark *mark) {
    static const char *const kinds[] = {[THIMBLE_TAG] = "tag",
                                        [THIMBLE_TIMEOUT] = "timeout",
                                        [THIMBLE_SKIP] = "skip",
                                        [THIMBLE_XFAIL] = "xfail"};
    put_comma(to, " ");
    open_with(to, '{');
    put_text(to, "kind", kinds[mark->record.kind]);
    if (mark->record.kind == THIMBLE_TIMEOUT) {
        put_key(to, "seconds");
        fprintf(to->out, "%.10g", (double)mark->record.microseconds / 1e6);
    } else {
        put_interned(to, "text", mark->record.text);
    }
    close_with(to, '}');
}

static void put_marks(struct writer *to, uint32_t test) {
    bool any = false;
    for (size_t i = 0; i < to->model->mark_count; i++) {
        if (to->model->marks[i].record.test != test)
            continue;
        if (!any) {
            put_key(to, "marks");
            open_with(to, '[');
            any = true;
        }
        put_mark(to, &to->model->marks[i]);
    }
    if (any)
        close_with(to, ']');
}

static void put_tests(struct writer *to) {
    open_list(to, "tests");
    for (uint32_t i = 0; i < to->model->test_count; i++) {
        uint32_t function = to->model->tests[i].function;
        open_item(to);
        put_place(to, &to->model->functions[function].is);
        put_parameters(to, function);
        if (to->model->tests[i].flags & THIMBLE_TEST_IF_PROVIDED)
            put_true(to, "if_provided");
        put_cases(to, i);
        put_marks(to, i);
        close_with(to, '}');
    }
    close_with(to, ']');
}

static void put_helpers(struct writer *to) {
    open_list(to, "helpers");
    for (size_t i = 0; i < to->model->function_count; i++) {
        const struct function *function = &to->model->functions[i];
        if (!function->why)
            continue;
        open_item(to);
        put_place(to, &function->is);
        put_text(to, "why", function->why);
        close_with(to, '}');
    }
    close_with(to, ']');
}

static void put_fixtures(struct writer *to) {
    static const char *const kinds[] = {[THIMBLE_SETUP] = "setup",
                                        [THIMBLE_TEARDOWN] = "teardown",
                                        [THIMBLE_SETUP_MODULE] = "setup_module",
                                        [THIMBLE_TEARDOWN_MODULE] = "teardown_module",
                                        [THIMBLE_TEST_FIXTURE] = "fixture",
                                        [THIMBLE_MODULE_FIXTURE] = "module_fixture",
                                        [THIMBLE_SESSION_FIXTURE] = "session_fixture",
                                        [THIMBLE_FIXTURE_TEARDOWN] = "fixture_teardown"};
    open_list(to, "fixtures");
    for (size_t i = 0; i < to->model->fixture_count; i++) {
        const struct thimble_fixture *fixture = &to->model->fixtures[i];
        open_item(to);
        put_place(to, &to->model->functions[fixture->function].is);
        put_text(to, "kind", kinds[fixture->kind]);
        if (fixture->name)
            put_interned(to, "value", fixture->name);
        put_parameters(to, fixture->function);
        close_with(to, '}');
    }
    close_with(to, ']');
}

/* In which order calls are met is a compiler's own business, so seams stand by
 * identity and sites by place. qsort tells its comparison nothing but the items:
 * each brings along what is compared. */
struct sorted {
    const char *text;
    uint32_t line, column;
    size_t index;
};

static int compare(const void *left, const void *right) {
    const struct sorted *a = left, *b = right;
    int order = strcmp(a->text, b->text);
    if (!order)
        order = (a->line > b->line) - (a->line < b->line);
    if (!order)
        order = (a->column > b->column) - (a->column < b->column);
    if (!order)
        order = (a->index > b->index) - (a->index < b->index);
    return order;
}

static void put_seams(struct writer *to) {
    const struct model *model = to->model;
    struct sorted *order = heap_new(model->slot_count * sizeof *order);
    for (size_t i = 0; i < model->slot_count; i++)
        order[i] = (struct sorted){
            .text = intern_text(&model->strings, model->functions[model->slots[i]].identity),
            .index = model->slots[i],
        };
    qsort(order, model->slot_count, sizeof *order, compare);
    open_list(to, "seams");
    for (size_t i = 0; i < model->slot_count; i++) {
        const struct function *function = &model->functions[order[i].index];
        open_item(to);
        put_text(to, "name", function->is.name);
        put_interned(to, "identity", function->identity);
        put_number(to, "calls", function->calls);
        close_with(to, '}');
    }
    close_with(to, ']');
    free(order);
}

static void put_site(struct writer *to, const struct thimble_site *site) {
    static const char *const kinds[] = {[THIMBLE_ALLOCATES] = "allocates",
                                        [THIMBLE_RESIZES] = "resizes",
                                        [THIMBLE_RELEASES] = "releases",
                                        [THIMBLE_PASSES] = "passes"};
    open_item(to);
    put_interned(to, "file", site->file);
    put_number(to, "line", site->line);
    put_number(to, "column", site->column);
    put_text(to, "kind", kinds[site->kind]);
    put_text(to, "function", to->model->functions[site->function].is.name);
    if (site->callee != THIMBLE_NONE)
        put_text(to, "callee", to->model->functions[site->callee].is.name);
    if (site->type != THIMBLE_NONE)
        put_type(to, "type", site->type);
    if (site->flags & THIMBLE_WRAPS)
        put_true(to, "wraps");
    close_with(to, '}');
}

static void put_sites(struct writer *to) {
    const struct model *model = to->model;
    struct sorted *order = heap_new(model->site_count * sizeof *order);
    for (size_t i = 0; i < model->site_count; i++)
        order[i] = (struct sorted){
            .text = intern_text(&model->strings, model->sites[i].file),
            .line = model->sites[i].line,
            .column = model->sites[i].column,
            .index = i,
        };
    qsort(order, model->site_count, sizeof *order, compare);
    open_list(to, "sites");
    for (size_t i = 0; i < model->site_count; i++)
        put_site(to, &model->sites[order[i].index]);
    close_with(to, ']');
    free(order);
}

static void put_pairs(struct writer *to) {
    const struct model *model = to->model;
    open_list(to, "pairs");
    for (size_t i = 0; i < model->pair_count; i++) {
        open_item(to);
        put_text(to, "allocator", model->functions[model->pairs[i].allocator].is.name);
        put_interned(to, "release", model->pairs[i].release);
        close_with(to, '}');
    }
    close_with(to, ']');
}

static void put_unit(struct writer *to, bool sites) {
    const struct model *model = to->model;
    open_with(to, '{');
    put_interned(to, "file", model->source_file);
    put_interned(to, "directory", model->directory);
    put_interned(to, "compiler", model->compiler);
    put_tests(to);
    put_helpers(to);
    put_fixtures(to);
    put_seams(to);
    if (sites)
        put_sites(to);
    if (sites && model->pair_count)
        put_pairs(to);
    fputs("}\n", to->out);
}

int report_print(const struct model *model, FILE *out, bool sites) {
    struct writer to = {model, out, false};
    put_unit(&to, sites);
    return ferror(out) ? EIO : 0;
}

int report_write(const struct model *model, const char *file) {
    FILE *out = fopen(file, "w");
    if (!out)
        return errno;
    int error = report_print(model, out, true);
    if (fclose(out) != 0 && !error)
        error = errno;
    return error;
}
