/* module.h: what a unit sets up and tears down for its tests. */
#ifndef RUNNER_MODULE_H
#define RUNNER_MODULE_H

#include "call.h"

/* Calls have no address where the unit has no such function. */
struct module {
    const struct unit *unit;
    struct call setup, teardown; /* around each test */
    struct call setup_module, teardown_module;
    const char *wrong; /* why none of it can be called, or null */
    uint32_t number;   /* among the units with tests */
    bool shared;       /* some of it outlives a test */
    struct module *next;
};

/* Made when it is first asked for. */
struct module *_thimble_module(const struct unit *);
uint32_t _thimble_module_count(void);

#endif
