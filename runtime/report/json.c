#include "json.h"

#include <string.h>

#include "output.h"

/* A string of any bytes: what is no UTF-8 becomes U+FFFD. */
static void put_string(const char *bytes, size_t length) {
    _thimble_outs("\"");
    for (size_t at = 0; at < length;) {
        unsigned char first = (unsigned char)bytes[at];
        size_t size = _thimble_character(bytes + at, length - at);
        if (size == 0)
            _thimble_outs("\\ufffd");
        else if (first == '"' || first == '\\')
            _thimble_outf("\\%c", first);
        else if (first == '\n')
            _thimble_outs("\\n");
        else if (first < 0x20 || first == 0x7f)
            _thimble_outf("\\u%04x", first);
        else
            _thimble_out(bytes + at, size);
        at += size ? size : 1;
    }
    _thimble_outs("\"");
}

static void put_text(const char *key, const char *string) {
    _thimble_outf("\"%s\": ", key);
    put_string(string, strlen(string));
}

static void put_span(const char *key, const struct span *span) {
    if (span->length == 0)
        return;
    _thimble_outf(", \"%s\": ", key);
    put_string(span->bytes, span->length);
}

static void put_verdict(const struct verdict *verdict) {
    _thimble_outs("{\"event\": \"test\", ");
    put_text("id", verdict->test->id);
    _thimble_outf(", \"outcome\": \"%s\", \"seconds\": %.6f",
                  _thimble_outcomes[verdict->outcome].name, verdict->seconds);
    put_span("message", &verdict->message);
    put_span("stdout", &verdict->output[0]);
    put_span("stderr", &verdict->output[1]);
    _thimble_outs("}\n");
}

static void put_summary(const struct summary *summary) {
    _thimble_outs("{\"event\": \"end\"");
    for (int i = 0; i < OUTCOME_COUNT; i++)
        _thimble_outf(", \"%s\": %u", _thimble_outcomes[i].name, summary->counts[i]);
    _thimble_outf(
        ", \"not_run\": %u, \"interrupted\": %s, \"seconds\": %.6f, \"exit_status\": %d}\n",
        summary->not_run, summary->interrupted ? "true" : "false", summary->seconds,
        summary->exit_status);
}

const struct form *_thimble_json(void) {
    static const struct form form = {.test = put_verdict, .end = put_summary};
    return &form;
}

void _thimble_json_list(const struct test *test) {
    _thimble_outs("{");
    put_text("id", test->id);
    _thimble_outs(", ");
    put_text("file", test->file);
    _thimble_outf(", \"line\": %u, \"parameters\": [", test->function->line);
    for (uint32_t i = 0; i < _thimble_parameter_count(test); i++) {
        const char *name = _thimble_parameter_name(test->unit, _thimble_test_parameter(test, i));
        _thimble_outs(i > 0 ? ", " : "");
        put_string(name, strlen(name));
    }
    _thimble_outs("]}\n");
}
