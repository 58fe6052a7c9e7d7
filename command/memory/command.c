/* command.c: the command line of `thimble memory`. */
#define _GNU_SOURCE
#include "memory.h"

#include "../command.h"
#include "core/heap.h"
#include "memory/output.h"
#include "memory/piece.h"
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void note(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("thimble: note: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

/* ---- The command line ---- */

/* The options that can be given once, and all of the rest. */
struct command_line {
    int option_count, file_count, include_count, exclude_count;
    char **options; /* with the command's name first */
    const char **files, **includes, **excludes;
};

/* Where the argument is the option, its value: behind "=", or the next argument, which is then
 * taken. Null: it is not, or there is none. */
static const char *value_of(const char *option, int argc, char **argv, int *at) {
    size_t length = strlen(option);
    if (strncmp(argv[*at], option, length) != 0)
        return NULL;
    if (argv[*at][length] == '=')
        return argv[*at] + length + 1;
    return argv[*at][length] == '\0' && *at + 1 < argc ? argv[++*at] : NULL;
}

static bool takes_value(const char *argument) {
    static const char *const names[] = {"--by", "--top", "--type", "--compare", "--format", "-o"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(argument, names[i]) == 0)
            return true;
    return false;
}

static struct command_line take_apart(int argc, char **argv) {
    size_t size = ((size_t)argc + 1) * sizeof *argv;
    struct command_line line = {.options = heap_new(size), .files = heap_new(size)};
    line.includes = heap_new(size);
    line.excludes = heap_new(size);
    line.options[line.option_count++] = argv[0];
    for (int i = 1; i < argc; i++) {
        const char *value;
        if ((value = value_of("--filter", argc, argv, &i)))
            line.includes[line.include_count++] = value;
        else if ((value = value_of("--exclude", argc, argv, &i)))
            line.excludes[line.exclude_count++] = value;
        else if (*argv[i] != '-')
            line.files[line.file_count++] = argv[i];
        else {
            line.options[line.option_count++] = argv[i];
            if (takes_value(argv[i]) && i + 1 < argc)
                line.options[line.option_count++] = argv[++i];
        }
    }
    return line;
}

/* The word's place among the names, which end with null; -1 with the complaint made. */
static int choose(const char *kind, const char *given, const char *const *names) {
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], given) == 0)
            return i;
    complain_unknown(kind, given, names);
    return -1;
}

static bool read_words(struct request *request, const char *by, const char *format,
                       const char *top) {
    static const char *const formats[] = {"text", "json", "folded", "pprof", "html", NULL};
    static const char *const groupings[] = {"line", "file", "trace", "function", "type", NULL};
    int grouping = choose("grouping", by, groupings);
    int chosen = grouping < 0 ? -1 : choose("format", format, formats);
    if (chosen < 0)
        return false;
    request->grouping = (enum snapshot_grouping)grouping;
    request->format = (enum format)chosen;
    request->traceback |= grouping == GROUP_BY_TRACE;
    char *end;
    errno = 0;
    request->top = strtoul(top, &end, 10);
    if (*end || end == top || errno || *top == '-' || *top == '+') {
        complain("--top takes a number, 0 for all, not '%s'", top);
        return false;
    }
    return true;
}

static bool read_files(struct request *request, const struct command_line *line) {
    if (line->file_count == 0) {
        complain("say which dump: thimble memory FILE");
        return false;
    }
    if (line->file_count + (request->old != NULL) > 2) {
        complain("two dumps at most can be looked at together: thimble memory OLD NEW");
        return false;
    }
    request->file = line->files[line->file_count - 1];
    if (line->file_count == 2)
        request->old = line->files[0];
    if (request->old && request->format != FORMAT_TEXT) {
        complain("two dumps are compared as text only: leave out --format");
        return false;
    }
    return true;
}

/* The type must match besides a file's name. */
static void make_filters(struct request *request, const struct command_line *line,
                         const char *type) {
    size_t count = (size_t)(line->include_count + line->exclude_count) + 1;
    struct snapshot_filter *filter = request->filters = heap_new(count * sizeof *request->filters);
    for (int i = 0; i < line->include_count; i++)
        *filter++ = (struct snapshot_filter){.file = line->includes[i], .type = type};
    if (line->include_count == 0 && type)
        *filter++ = (struct snapshot_filter){.type = type};
    for (int i = 0; i < line->exclude_count; i++)
        *filter++ = (struct snapshot_filter){.file = line->excludes[i], .exclude = true};
    request->filter_count = (size_t)(filter - request->filters);
}

/* ---- What is looked at ---- */

struct looked_at {
    struct snapshot *snapshot, *view; /* as it was written, and as it is shown */
    const struct snapshot *old;       /* null where nothing is compared */
    const struct request *request;
};

static struct snapshot *load(const char *path) {
    char message[PATH_SIZE + 256];
    struct snapshot *snapshot = _thimble_snapshot_load(path, message, sizeof message);
    if (!snapshot)
        complain("%s", message);
    return snapshot;
}

static bool was_made_counted(const struct snapshot *snapshot) {
    uint32_t count;
    const struct snapshot_trace *traces = _thimble_snapshot_traces(snapshot, &count);
    for (uint32_t i = 0; i < count; i++)
        if (traces[i].made_count)
            return true;
    return count == 0;
}

/* Null with the complaint made. */
static struct snapshot *view_of(const struct snapshot *snapshot, const char *path,
                                const struct request *request) {
    if (request->made && !was_made_counted(snapshot)) {
        complain("%s does not say what was ever allocated: leave out --made", path);
        return NULL;
    }
    struct snapshot *view = make_view(snapshot, request);
    if (request->filter_count == 0)
        return view;
    struct snapshot *filtered =
        _thimble_snapshot_filter(view, request->filters, request->filter_count);
    _thimble_drop_piece(view);
    if (!filtered)
        complain("%s: no memory to look through it", path);
    return filtered;
}

static bool can_compare(const struct snapshot *snapshot, const struct snapshot *old,
                        const struct request *request) {
    const char *why = _thimble_snapshot_comparable(snapshot, old, request->grouping);
    if (why) {
        complain("%s and %s: %s", request->old, request->file, why);
        return false;
    }
    const char *program = _thimble_snapshot_string(snapshot, snapshot->program);
    const char *other = _thimble_snapshot_string(old, old->program);
    if (strcmp(program, other) != 0)
        note("these are dumps of two programs, %s and %s", other, program);
    if (request->grouping == GROUP_BY_TRACE && snapshot->frames != old->frames)
        note("%u and %u frames were kept: the same calls can be two traces", old->frames,
             snapshot->frames);
    return true;
}

/* ---- Writing ---- */

static bool print(FILE *to, const struct looked_at *at) {
    const struct request *request = at->request;
    if (request->format == FORMAT_TEXT)
        return print_text(to, at->snapshot, at->view, at->old, request);
    struct selection selection = select_traces(at->view);
    bool done = true;
    if (request->format == FORMAT_FOLDED)
        print_folded(to, at->view, &selection);
    else if (request->format == FORMAT_PPROF)
        done = print_pprof(to, at->view, &selection);
    else
        print_page(to, at->view, &selection, request);
    free(selection.traces);
    return done;
}

static bool write_all(struct output *output, const void *context) {
    const struct looked_at *at = context;
    if (at->request->format == FORMAT_JSON)
        return _thimble_write_json(output, at->view);
    int file = dup(output->file);
    FILE *to = file < 0 ? NULL : fdopen(file, "w");
    if (!to)
        return false;
    bool done = print(to, at) && !ferror(to);
    return fclose(to) == 0 && done;
}

static bool write_where_asked(const struct looked_at *at) {
    const char *path = at->request->output;
    if (path)
        return _thimble_write_file(path, write_all, at);
    struct output output = {.file = STDOUT_FILENO};
    return write_all(&output, at) && _thimble_output_end(&output);
}

static int show(const struct looked_at *at) {
    errno = 0;
    if (write_where_asked(at))
        return STATUS_OK;
    const char *path = at->request->output;
    complain("%s cannot be written: %s", path ? path : "standard output",
             errno ? strerror(errno) : "no memory");
    return STATUS_FAILED;
}

static int look(const struct request *request) {
    struct looked_at at = {.request = request};
    struct snapshot *old = request->old ? load(request->old) : NULL, *old_view = NULL;
    int status = STATUS_FAILED;
    if (request->old && !old)
        return status;
    at.snapshot = load(request->file);
    if (at.snapshot && (!old || can_compare(at.snapshot, old, request)) &&
        (!old || (old_view = view_of(old, request->old, request))) &&
        (at.view = view_of(at.snapshot, request->file, request))) {
        at.old = old_view;
        status = show(&at);
    }
    _thimble_drop_piece(at.view);
    _thimble_drop_piece(old_view);
    _thimble_drop_piece(at.snapshot);
    _thimble_drop_piece(old);
    return status;
}

static bool has_colour(const struct request *request) {
    const char *no = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return !request->output && isatty(STDOUT_FILENO) && !(no && *no) &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

static int memory(const struct subcommand *self, const struct command_line *line) {
    struct request request = {.file = NULL};
    const char *by = "line", *format = "text", *top = "25", *type = NULL;
    bool help = false;
    const struct option options[] = {
        {"--by", NULL, &by},
        {"--top", NULL, &top},
        {"--traceback", &request.traceback, NULL},
        {"--made", &request.made, NULL},
        {"--filter", NULL, &type}, /* these two are here without their value only */
        {"--exclude", NULL, &type},
        {"--type", NULL, &type},
        {"--compare", NULL, &request.old},
        {"--format", NULL, &format},
        {"-o", NULL, &request.output},
        {"--help", &help, NULL},
        {NULL, NULL, NULL},
    };
    int status = read_options(options, line->option_count, line->options);
    if (status != STATUS_OK)
        return status;
    if (help) {
        fputs(self->help, stdout);
        return STATUS_OK;
    }
    if (!read_words(&request, by, format, top) || !read_files(&request, line))
        return STATUS_USAGE;
    if (request.format == FORMAT_PPROF && !request.output && isatty(STDOUT_FILENO)) {
        complain("a pprof profile is nothing for a terminal: say -o FILE");
        return STATUS_USAGE;
    }
    request.colour = has_colour(&request);
    make_filters(&request, line, type);
    status = look(&request);
    free(request.filters);
    return status;
}

int thimble_memory(const struct subcommand *self, int argc, char **argv) {
    struct command_line line = take_apart(argc, argv);
    int status = memory(self, &line);
    free(line.options);
    free(line.files);
    free(line.includes);
    free(line.excludes);
    return status;
}
