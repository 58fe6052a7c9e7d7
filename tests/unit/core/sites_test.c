#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "model_data.h"
#include "sample.h"
#include "sites.h"

/* ---- Which calls pass blocks on ---- */

static const struct passing xmalloc = {.returns_block = true, .takes_number = true, .key = 7};

static bool passes(const struct sample *sample, struct passing call) {
    struct allocator is;
    memset(&is, 0, sizeof is);
    return sites_passes(&sample->options, sample->model, &call, &is) && is.kind == THIMBLE_PASSES &&
           is.size_unknown && !is.block && !is.result;
}

#define WITH(...) with((struct passing){__VA_ARGS__})
static struct passing with(struct passing more) {
    more.returns_block = more.takes_number = true;
    more.key = 7;
    return more;
}

static void check_passing(struct sample *sample) {
    CHECK(passes(sample, xmalloc));
    CHECK(!passes(sample, (struct passing){.returns_block = true}));
    CHECK(!passes(sample, (struct passing){.takes_number = true}));
    CHECK(!passes(sample, WITH(.system = true)));
    CHECK(!passes(sample, WITH(.builtin = true)));
    CHECK(!passes(sample, WITH(.noreturn = true)));
    CHECK(!passes(sample, WITH(.pure = true)));
    CHECK(!passes(sample, WITH(.must_tail = true)));
    CHECK(!passes(sample, WITH(.itself = true)));
    CHECK(passes(sample, WITH(.through_pointer = true)));
    CHECK(!passes(sample, WITH(.through_pointer = true, .must_tail = true)));
    sample->options.allocs = false;
    CHECK(!passes(sample, xmalloc));
    sample->options.allocs = true;
}

static void check_may_wrap(void) {
    CHECK(sites_may_wrap(&(struct site_function){.returns_block = true, .takes_number = true}));
    CHECK(!sites_may_wrap(&(struct site_function){.returns_block = true}));
    CHECK(!sites_may_wrap(&(struct site_function){.takes_number = true}));
    /* Everybody's `int make(size_t, void **)` knows whose the block is: nobody else can tell. */
    struct site_function helper = {.takes_holder = true, .takes_number = true};
    CHECK(!sites_may_wrap(&helper) && !sites_returns_by_holder(&helper));
    helper.internal = true;
    CHECK(sites_may_wrap(&helper) && sites_returns_by_holder(&helper));
    /* struct animal *make(size_t, char **name) makes an animal. */
    helper.returns_pointer = true;
    CHECK(!sites_may_wrap(&helper) && !sites_returns_by_holder(&helper));
}

/* ---- A function ---- */

/* Things in it, by their addresses. Types are the model's indices. */
static char variable, other, call;
static const struct flow_place in_variable = {&variable, FLOW_VALUE},
                               in_other = {&other, FLOW_VALUE}, block = {&call, FLOW_VALUE},
                               asked = {&call, FLOW_ASKED};
static uint32_t animal;
static struct pointed nothing, a_char, a_byte, an_animal, text, a_function;

static uint32_t read(void *context, const void *type) {
    (void)context;
    return *(const uint32_t *)type;
}

static void read_types(const struct sample *sample) {
    animal = sample->int_type;
    an_animal = (struct pointed){.type = &animal};
    nothing = (struct pointed){.type = &sample->void_type, .is_void = true};
    text = a_char = (struct pointed){.type = &sample->char_type, .is_char = true, .is_byte = true};
    a_byte = (struct pointed){.type = &sample->capture, .is_byte = true};
    a_function = (struct pointed){.type = &sample->takes_nothing, .is_function = true};
}

/* void *f(size_t n) with one call of malloc. */
struct body {
    struct sample *sample;
    struct site_function function;
    struct flow flow;
    struct site_call call;
};

static struct body body_in(struct sample *sample) {
    return (struct body){
        .sample = sample,
        .function = {.key = 7,
                     .returns_block = true,
                     .returns_pointer = true,
                     .takes_number = true},
        .call = {.node = &call,
                 .allocator = {.kind = THIMBLE_ALLOCATES, .size = 1},
                 .result = nothing},
    };
}

/* Whether it wraps, and the type into *type. */
static bool finish(struct body *body, uint32_t *type) {
    struct model *model = body->sample->model;
    struct site_calls calls = {0};
    struct model_site site = {.kind = body->call.allocator.kind, .type = THIMBLE_NONE};
    body->call.site = model_site_add(model, &site);
    sites_add(&calls, &body->call);
    sites_finish(model, &body->function, &body->flow, &calls, &text, read, NULL);
    flow_free(&body->flow);
    free(calls.list);
    const struct thimble_site *is = &model->sites[body->call.site];
    if (type)
        *type = is->type;
    return is->flags & THIMBLE_WRAPS;
}

/* return malloc(n); */
static struct body simplest(struct sample *sample) {
    struct body body = body_in(sample);
    flow_goes(&body.flow, flow_parameters, asked, false);
    flow_goes(&body.flow, block, flow_returned, false);
    return body;
}

static void check_wrappers(struct sample *sample) {
    uint32_t type;
    struct body body = simplest(sample);
    CHECK(finish(&body, &type) && type == THIMBLE_NONE);
    CHECK(passes(sample, xmalloc)); /* it is known by now */

    /* size_t m = n + 8; void *p = malloc(m); return p; */
    body = body_in(sample);
    flow_goes(&body.flow, in_other, asked, false);
    flow_goes(&body.flow, block, in_variable, false);
    flow_goes(&body.flow, in_variable, flow_returned, false);
    flow_goes(&body.flow, flow_parameters, in_other, true);
    CHECK(finish(&body, NULL));

    /* The size is nobody's who calls it. */
    body = body_in(sample);
    flow_goes(&body.flow, block, flow_returned, false);
    CHECK(!finish(&body, NULL));
    CHECK(!passes(sample, xmalloc));
    CHECK(passes(sample, WITH(.interposable = true)));

    /* What it returns is something else. */
    body = body_in(sample);
    flow_goes(&body.flow, flow_parameters, asked, false);
    flow_goes(&body.flow, block, in_variable, false);
    CHECK(!finish(&body, NULL));

    /* It returns no void * or char *. */
    body = simplest(sample);
    body.function.returns_block = false;
    CHECK(!finish(&body, NULL));

    /* A static helper put it into the variable that is returned. */
    body = body_in(sample);
    flow_goes(&body.flow, flow_unseen, in_variable, false);
    flow_goes(&body.flow, in_variable, flow_returned, false);
    CHECK(!finish(&body, NULL));
    CHECK(passes(sample, xmalloc));
}

static void check_known_types(struct sample *sample) {
    uint32_t type;
    /* struct animal *a = malloc(n); return a; */
    struct body body = simplest(sample);
    flow_becomes(&body.flow, block, &an_animal);
    CHECK(!finish(&body, &type) && type == animal);
    body = simplest(sample);
    body.call.measured = an_animal;
    CHECK(!finish(&body, &type) && type == animal);
    /* Bytes say nothing. */
    body = simplest(sample);
    flow_becomes(&body.flow, block, &a_char);
    CHECK(finish(&body, &type) && type == sample->char_type);
    body = simplest(sample);
    flow_becomes(&body.flow, block, &a_byte);
    body.call.measured = a_char;
    CHECK(finish(&body, NULL));
    /* struct header *h = malloc(sizeof *h + n); return h + 1; */
    body = simplest(sample);
    flow_becomes(&body.flow, block, &an_animal);
    flow_goes(&body.flow, block, in_variable, false);
    flow_goes(&body.flow, in_variable, flow_returned, true);
    body.call.measured = an_animal;
    CHECK(finish(&body, NULL));
    /* … but n * sizeof *h is an array. */
    body = simplest(sample);
    flow_becomes(&body.flow, block, &an_animal);
    flow_goes(&body.flow, block, flow_returned, true);
    body.call.measured = an_animal;
    body.call.multiplied = true;
    CHECK(!finish(&body, NULL));
}

/* hide(text_of(10)), where it takes a void *. */
static void check_result(struct sample *sample) {
    uint32_t type;
    struct body body = body_in(sample);
    body.call.result = a_char;
    flow_becomes(&body.flow, block, &nothing);
    CHECK(!finish(&body, &type) && type == sample->char_type);
}

/* By the variables that hold it. */
static void check_far_types(struct sample *sample) {
    uint32_t type;
    struct body body = body_in(sample);
    flow_becomes(&body.flow, in_other, &nothing);
    flow_becomes(&body.flow, in_other, &an_animal);
    flow_becomes(&body.flow, in_other, &a_byte);
    flow_goes(&body.flow, in_variable, in_other, false);
    flow_goes(&body.flow, block, in_variable, false);
    CHECK(!finish(&body, &type) && type == animal);
    /* Not by what stands behind its beginning. */
    body = body_in(sample);
    flow_becomes(&body.flow, in_variable, &an_animal);
    flow_goes(&body.flow, block, in_variable, true);
    CHECK(!finish(&body, &type) && type == THIMBLE_NONE);
    /* A sizeof is nearer. */
    body = body_in(sample);
    body.call.measured = a_char;
    flow_becomes(&body.flow, in_variable, &an_animal);
    flow_goes(&body.flow, block, in_variable, false);
    CHECK(!finish(&body, &type) && type == sample->char_type);
    body = body_in(sample);
    flow_becomes(&body.flow, in_variable, &a_function);
    flow_goes(&body.flow, block, in_variable, false);
    CHECK(!finish(&body, &type) && type == THIMBLE_NONE);
}

void check_sites(void) {
    struct sample sample;
    sample_start(&sample);
    read_types(&sample);
    check_may_wrap();
    check_passing(&sample);
    check_wrappers(&sample);
    check_known_types(&sample);
    check_result(&sample);
    check_far_types(&sample);
    sample_end(&sample);
}
