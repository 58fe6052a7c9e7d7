/* destination.h: where a report goes that an option names: a file that gets its name when
 * it is whole, or at once where that can't be (a pipe, a terminal, a folder that takes no
 * new files). A runner that is killed leaves no half of a report under that name. */
#ifndef REPORT_DESTINATION_H
#define REPORT_DESTINATION_H

#include <stdbool.h>

#include "../base/text.h"

struct destination {
    const char *path;      /* as the user wrote it */
    const char *target;    /* the same, absolute */
    const char *temporary; /* what is written to until it is whole; null for the target */
    int file;              /* out of the way of those that tests get */
    bool output;           /* it is standard output */
    bool streams;          /* somebody may be reading already */
};

/* For the option's path. False, with what is wrong with it in `error`. */
bool _thimble_destination_open(struct destination *, const char *option, const char *path,
                               struct text *error);

/* Gives the file its name, where all of it was written: `error` is 0 then, otherwise the
 * errno. False, with a message on standard error, where it could not be. */
bool _thimble_destination_close(struct destination *, int error);

/* As if it had never been opened. */
void _thimble_destination_drop(struct destination *);

#endif
