/* given.h: what a call of a function of <thimble.h> is given, as a flat list that a reader makes
 * of the call's arguments in their order. */
#ifndef CORE_GIVEN_H
#define CORE_GIVEN_H

#include "model.h"

enum given_kind {
    GIVEN_NAME,  /* a struct thimble_name */
    GIVEN_VALUE, /* a struct thimble_value; those of a matcher follow, one deeper */
    GIVEN_CALL,  /* a struct thimble_expected_call; its values follow, one deeper */
    GIVEN_TEXT   /* a string that is an argument itself */
};

enum given_constant { CONSTANT_NONE, CONSTANT_INTEGER, CONSTANT_REAL };

struct given {
    enum given_kind kind;
    unsigned depth;
    /* Of a name, which is THIMBLE_REF_NONE for a string; a pointer's is its function's type. */
    enum thimble_ref_kind ref;
    uint32_t index;
    uint32_t type; /* of a value; an array's where it is known to be one */
    enum given_constant constant;
    bool negative;
    uint64_t magnitude; /* of an integer */
    long double real;
    const char *text; /* a string in quotes; of a name what is written; an arg's name. Or null */
    int matcher; /* enum thimble_matcher_kind, where the value is a matcher that stands there */
};

#endif
