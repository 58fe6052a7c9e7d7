#include "check.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report.h"
#include "sample.h"

static const char expected[] =
    "{\"file\": \"./zoo.c\", \"directory\": \"/src\", \"compiler\": \"GCC 12.2.0\",\n"
    "\"tests\": [\n"
    "  {\"name\": \"test_feeds\", \"file\": \"zoo.c\", \"line\": 10, \"parameters\": [], "
    "\"marks\": [{\"kind\": \"tag\", \"text\": \"slow\"}, {\"kind\": \"timeout\", "
    "\"seconds\": 2.5}]},\n"
    "  {\"name\": \"test_saves\", \"file\": \"zoo.c\", \"line\": 10, \"parameters\": "
    "[{\"name\": \"tmp_path\", \"type\": \"const char *\"}], \"marks\": [{\"kind\": \"skip\", "
    "\"text\": \"why\"}, {\"kind\": \"xfail\", \"text\": \"\"}]},\n"
    "  {\"name\": \"test_rows\", \"file\": \"zoo.c\", \"line\": 10, \"parameters\": "
    "[{\"name\": \"row\", \"type\": \"const int *\"}], \"cases\": {\"name\": "
    "\"cases_test_rows\", \"type\": \"int\", \"count\": 3}},\n"
    "  {\"name\": \"test_perhaps\", \"file\": \"zoo.c\", \"line\": 10, \"parameters\": "
    "[{\"name\": \"food\", \"type\": \"int\"}], \"if_provided\": true}],\n"
    "\"helpers\": [\n"
    "  {\"name\": \"test_then_block\", \"file\": \"zoo.c\", \"line\": 10, \"why\": \"nobody "
    "provides the parameter 'ls' of test_then_block: thimble knows const char *tmp_path, struct "
    "capture *capture and int of_feed; the unit uses it as a helper\"}],\n"
    "\"fixtures\": [\n"
    "  {\"name\": \"setup\", \"file\": \"zoo.c\", \"line\": 10, \"kind\": \"setup\", "
    "\"parameters\": []},\n"
    "  {\"name\": \"fixture_of_feed\", \"file\": \"zoo.c\", \"line\": 10, \"kind\": \"fixture\", "
    "\"value\": \"of_feed\", \"parameters\": [{\"name\": \"tmp_path\", \"type\": \"const char "
    "*\"}]}],\n"
    "\"seams\": [\n"
    "  {\"name\": \"aaa\", \"identity\": \"aaa\", \"calls\": 1},\n"
    "  {\"name\": \"open\", \"identity\": \"open\", \"calls\": 2},\n"
    "  {\"name\": \"test_feeds\", \"identity\": \"zoo.c:10:test_feeds\", \"calls\": 1}],\n"
    "\"sites\": [\n"
    "  {\"file\": \"a\\\"b\\\\c\\u000a\\u0001\xc3\xa4\\ufffd.c\", \"line\": 42, \"column\": 9, "
    "\"kind\": \"allocates\", \"function\": \"test_feeds\", \"callee\": \"open\", "
    "\"type\": \"char\"},\n"
    "  {\"file\": \"zoo.c\", \"line\": 43, \"column\": 1, "
    "\"kind\": \"releases\", \"function\": \"test_feeds\", \"callee\": \"open\"},\n"
    "  {\"file\": \"zoo.c\", \"line\": 43, \"column\": 12, "
    "\"kind\": \"resizes\", \"function\": \"test_feeds\", \"callee\": \"open\", \"wraps\": true},\n"
    "  {\"file\": \"zoo.c\", \"line\": 44, \"column\": 1, "
    "\"kind\": \"passes\", \"function\": \"test_feeds\", \"type\": \"int\"}],\n"
    "\"pairs\": [\n"
    "  {\"allocator\": \"open\", \"release\": \"close\"}]}\n";

static void fill(struct sample *sample) {
    uint32_t feeds = sample_test(sample, "test_feeds", NULL, 0);
    uint32_t saves = sample_test(sample, "test_saves", "tmp_path", sample->string);
    uint32_t helper = sample_test(sample, "test_then_block", "ls", sample->int_type);
    model_function_used(sample->model, helper);
    uint32_t row = sample_qualified(sample, sample->int_type, THIMBLE_CONST);
    sample_test(sample, "test_rows", "row", sample_pointer(sample, row));
    model_object_add(sample->model, "cases_test_rows", sample_array(sample, row, 3), false);
    sample_test(sample, "test_perhaps", "food", sample->int_type);
    sample_test(sample, "setup", NULL, 0);
    sample_fixture(sample, "fixture_of_feed", sample->int_type, "tmp_path", sample->string);
    model_mark_add(sample->model, saves, THIMBLE_SKIP, "why", NAN);
    model_mark_add(sample->model, feeds, THIMBLE_TAG, "slow", NAN);
    model_mark_add(sample->model, saves, THIMBLE_XFAIL, "", NAN);
    model_mark_add(sample->model, feeds, THIMBLE_TAG, "slow", NAN);
    model_mark_add(sample->model, feeds, THIMBLE_TIMEOUT, NULL, 2.5);
    uint32_t opens =
        sample_function(sample, &(struct model_function){.name = "open",
                                                         .symbol = "open64",
                                                         .file = "/usr/include/fcntl.h",
                                                         .type = sample->takes_nothing,
                                                         .flags = THIMBLE_SYSTEM});
    model_seam(sample->model, opens);
    model_seam(sample->model, opens);
    model_seam(sample->model, feeds);
    uint32_t late = sample_function(
        sample, &(struct model_function){.name = "aaa", .type = sample->takes_nothing});
    model_seam(sample->model, late);
    /* The umlaut is good UTF-8, the byte behind it is not. */
    model_site_add(sample->model, &(struct model_site){.file = "a\"b\\c\n\001\xc3\xa4\xe4.c",
                                                       .line = 42,
                                                       .column = 9,
                                                       .function = feeds,
                                                       .callee = opens,
                                                       .type = sample->const_char});
    model_site_add(sample->model, &(struct model_site){.kind = THIMBLE_RESIZES,
                                                       .file = "zoo.c",
                                                       .line = 43,
                                                       .column = 12,
                                                       .function = feeds,
                                                       .callee = opens,
                                                       .type = THIMBLE_NONE,
                                                       .flags = THIMBLE_WRAPS});
    model_site_add(sample->model, &(struct model_site){.kind = THIMBLE_PASSES,
                                                       .file = "zoo.c",
                                                       .line = 44,
                                                       .column = 1,
                                                       .function = feeds,
                                                       .callee = THIMBLE_NONE,
                                                       .type = sample->int_type});
    model_pair_add(sample->model, opens, "close");
    model_site_add(sample->model, &(struct model_site){.kind = THIMBLE_RELEASES,
                                                       .file = "zoo.c",
                                                       .line = 43,
                                                       .column = 1,
                                                       .function = feeds,
                                                       .callee = opens,
                                                       .type = THIMBLE_NONE});
    sample_finish(sample);
}

/* What a name in the report's first line becomes. */
static void check_escape(const char *name, const char *wanted) {
    char path[] = "/tmp/thimble_report_XXXXXX", line[256] = "", expected_line[256];
    int fd = mkstemp(path);
    struct options options;
    options_init(&options);
    struct model *model = model_new(&options, name, "/", "GCC");
    model_finish(model, NULL, NULL);
    CHECK(fd >= 0 && report_write(model, path) == 0);
    CHECK(read(fd, line, sizeof line - 1) > 0);
    line[strcspn(line, "\n")] = '\0';
    snprintf(expected_line, sizeof expected_line,
             "{\"file\": \"%s\", \"directory\": \"/\", \"compiler\": \"GCC\",", wanted);
    CHECK_TEXT(line, expected_line);
    model_free(model);
    options_free(&options);
    close(fd);
    unlink(path);
}

static void check_escapes(void) {
    check_escape("a b/c~", "a b/c~");
    check_escape("\t\x1f\x7f", "\\u0009\\u001f\\u007f");
    check_escape("\xc2\x80\xe2\x82\xac\xf0\x9f\x90\x98", "\xc2\x80\xe2\x82\xac\xf0\x9f\x90\x98");
    check_escape("\xf4\x8f\xbf\xbf\xed\x9f\xbf", "\xf4\x8f\xbf\xbf\xed\x9f\xbf");
    /* Overlong, surrogate, too large, cut off, a tail alone. */
    check_escape("\xc0\x80", "\\ufffd\\ufffd");
    check_escape("\xc1\xbf", "\\ufffd\\ufffd");
    check_escape("\xe0\x80\x80", "\\ufffd\\ufffd\\ufffd");
    check_escape("\xed\xa0\x80", "\\ufffd\\ufffd\\ufffd");
    check_escape("\xf4\x90\x80\x80", "\\ufffd\\ufffd\\ufffd\\ufffd");
    check_escape("\xf8", "\\ufffd");
    check_escape("x\xe2\x82", "x\\ufffd\\ufffd");
    check_escape("\x80y", "\\ufffdy");
}

static void check_file(const char *path, const char *wanted) {
    char got[4096];
    FILE *file = fopen(path, "r");
    CHECK(file != NULL);
    if (!file)
        return;
    got[fread(got, 1, sizeof got - 1, file)] = '\0';
    fclose(file);
    CHECK_TEXT(got, wanted);
}

static void check_without_sites(const struct model *model) {
    char got[4096] = "", wanted[sizeof expected];
    FILE *stream = fmemopen(got, sizeof got, "w");
    CHECK(stream && report_print(model, stream, false) == 0);
    fclose(stream);
    memcpy(wanted, expected, sizeof wanted);
    char *sites = strstr(wanted, ",\n\"sites\"");
    strcpy(sites, "}\n");
    CHECK_TEXT(got, wanted);
}

void check_report(void) {
    struct sample sample;
    sample_start(&sample);
    fill(&sample);
    char path[] = "/tmp/thimble_report_XXXXXX";
    int fd = mkstemp(path);
    CHECK(fd >= 0);
    CHECK(report_write(sample.model, path) == 0);
    check_file(path, expected);
    close(fd);
    unlink(path);
    check_without_sites(sample.model);
    CHECK(report_write(sample.model, "/nowhere/at/all.json") == ENOENT);
    CHECK(report_write(sample.model, "/dev/full") == ENOSPC);
    sample_end(&sample);
    check_escapes();
}
