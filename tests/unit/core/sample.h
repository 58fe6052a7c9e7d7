/* sample.h: a unit made by hand, as a reader would make it. */
#ifndef CORE_SAMPLE_H
#define CORE_SAMPLE_H

#include "model.h"

struct sample {
    struct options options;
    struct model *model;
    uint64_t next_key;
    uint32_t void_type, int_type, char_type, const_char, string, struct_capture, capture;
    uint32_t takes_nothing; /* void (void) */
    /* What model_finish said. */
    int errors;
    uint32_t error_function, error_parameter, error_object;
    char message[1024];
};

void sample_start(struct sample *);
void sample_end(struct sample *);
void sample_finish(struct sample *);

uint32_t sample_type(struct sample *, const struct model_type *);
uint32_t sample_pointer(struct sample *, uint32_t target);
uint32_t sample_qualified(struct sample *, uint32_t target, uint32_t qualifiers);
uint32_t sample_typedef(struct sample *, const char *name, uint32_t target);
uint32_t sample_array(struct sample *, uint32_t target, uint64_t count);
uint32_t sample_struct(struct sample *, const char *tag);
/* A function that returns `returned` and has these parameters. */
uint32_t sample_function_type(struct sample *, uint32_t returned, const struct model_member *,
                              size_t count);
/* void NAME(TYPE parameter) of the main file; no parameter where its name is null. */
uint32_t sample_test(struct sample *, const char *name, const char *parameter, uint32_t type);
/* The same, but it returns a value. */
uint32_t sample_fixture(struct sample *, const char *name, uint32_t returned, const char *parameter,
                        uint32_t type);
uint32_t sample_function(struct sample *, const struct model_function *);

#endif
