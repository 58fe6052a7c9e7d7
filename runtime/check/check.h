/* check.h: a test's failure: how any part of the runtime ends the running test.
 *
 * The text goes into memory shared with the process that reports it, so it is
 * kept whatever the test does next. The first line of a failure is
 * "FILE:LINE: what"; further lines are indented by two spaces by the caller.
 * Behind it the way there from the test is shown, where that is not the test's own
 * line: see trace.h.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "../base/text.h"

/* The running test fails here and is left: its fixtures are torn down, nothing
 * after this runs. In another thread or in a process that the test forked, that
 * process ends. Outside a test the program ends with the message and status 3. */
void _thimble_fail(const char *file, int line, const char *format, ...)
    __attribute__((noreturn, format(printf, 3, 4)));

/* The same with a text that is already made: all lines behind "FILE:LINE: ". */
void _thimble_fail_text(const char *file, int line, const struct text *) __attribute__((noreturn));

/* The same with a text that says itself where that is, in the function of this name; null: it
 * can't say where, and the way to it does. */
void _thimble_fail_in(const char *function, const struct text *message) __attribute__((noreturn));

/* The running test has failed with this text and goes on; in any thread or process of it.
 * Outside a test the text goes to standard error, and the program goes on. */
void _thimble_expect_text(const char *file, int line, const struct text *);

/* The same for a call that failed because of what FILE:LINE said before: the way to it is
 * shown from the call itself on. */
void _thimble_fail_called(const char *file, int line, const char *format, ...)
    __attribute__((noreturn, format(printf, 3, 4)));

/* The running test has failed with this, which the caller knows to be about to end its
 * process. */
void _thimble_note_failure(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Runs when the test ends, however it ends in its own process, last in first
 * out: what patches and fixtures undo. The same of what surrounds tests: what is injected
 * in a module's set-up is undone when that module is over. */
void _thimble_at_test_end(void (*undo)(void *), void *data);

/* The number of the scope whose end that is: while it stays the same, what was told to
 * _thimble_at_test_end is still to be done. */
unsigned _thimble_scope(void);

#endif
