#include "outcome.h"

const struct outcome_text _thimble_outcomes[OUTCOME_COUNT] = {
#define OUTCOME_TEXT(kind, name, heading, one, many) [kind] = {name, heading, one, many},
    OUTCOMES(OUTCOME_TEXT)
#undef OUTCOME_TEXT
};
