#include "outcome.h"

const struct outcome_text _thimble_outcomes[OUTCOME_COUNT] = {
#define OUTCOME_TEXT(kind, name, heading, counted) [kind] = {name, heading, counted},
    OUTCOMES(OUTCOME_TEXT)
#undef OUTCOME_TEXT
};
