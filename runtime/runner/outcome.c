#include "outcome.h"

const struct outcome_text _thimble_outcomes[OUTCOME_COUNT] = {
#define OUTCOME_TEXT(kind, name, heading, one, many) [kind] = {name, heading, one, many},
    OUTCOMES(OUTCOME_TEXT)
#undef OUTCOME_TEXT
};

bool _thimble_is_bad(enum outcome outcome) {
    return outcome != OUTCOME_PASSED && outcome != OUTCOME_SKIPPED && outcome != OUTCOME_XFAILED &&
           outcome != OUTCOME_XPASSED;
}
