/* ask.h: asking the command `thimble symbols`, which runs from the first question to the
 * end of the run. Without it, or where it doesn't answer, nothing is known; the run goes
 * on. */
#ifndef MEMORY_ASK_H
#define MEMORY_ASK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "../base/text.h"

/* The command's name: the one that THIMBLE_COMMAND says, the one that belongs to the plugin, or
 * "thimble", of which execlp finds the first in PATH. The text is room for it. */
const char *_thimble_find_command(struct text *);

/* Zero before the first question. */
struct symbols {
    pid_t process; /* 0 for none */
    int line;      /* to its standard input and output */
    bool gone;     /* it could not be run, or did not answer */
};

/* The lines about an address in a module ("" is this program): FUNCTION, FILE and LINE
 * with tabs between. False where there is nobody to ask. */
bool _thimble_ask_symbols(struct symbols *, const char *module, uint64_t address,
                          struct text *answer);

/* In another process than the one that asks: lets go of what it inherited. */
void _thimble_leave_symbols(struct symbols *);
/* The next question starts another. */
void _thimble_end_symbols(struct symbols *);

#endif
