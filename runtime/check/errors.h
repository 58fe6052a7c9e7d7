/* errors.h: values of errno, for people. */
#ifndef CHECK_ERRORS_H
#define CHECK_ERRORS_H

#include "../base/text.h"

/* "ENOENT", or the number where it has no name. */
void _thimble_put_error_name(struct text *, int error);

/* "ENOENT (No such file or directory)"; "0 (no error)". */
void _thimble_put_error(struct text *, int error);

#endif
