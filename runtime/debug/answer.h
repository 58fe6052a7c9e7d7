/* answer.h: making an answer for the debugger (door.h), in a process that was stopped anywhere.
 *
 * Only the asking thread runs meanwhile, so what no other thread was in the middle of can be
 * read without its lock. An answer that can't be made is left by a jump: what it refuses with,
 * what a function fails with that else would end the test, a fault, or that it takes too long.
 */
#ifndef DEBUG_ANSWER_H
#define DEBUG_ANSWER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "../base/text.h"

/* This thread is making an answer, or was when the debugger took it out of that. */
extern __thread bool _thimble_answering __attribute__((tls_model("initial-exec")));

/* Whether it is: then mocks that it comes by record nothing. */
bool _thimble_is_still_answering(void);
static inline bool _thimble_is_answering(void) {
    return __builtin_expect(_thimble_answering, 0) && _thimble_is_still_answering();
}

/* The answer is "error: " and this. For that thread only. */
void _thimble_refuse(const struct text *) __attribute__((noreturn));
void _thimble_refuse_with(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* The answer is what it is so far. */
void _thimble_leave_answer(void) __attribute__((noreturn));

/* Refuses where some thread has the lock. */
void _thimble_must_be_free(pthread_mutex_t *);

/* Refuses where it is none. */
uintptr_t _thimble_asked_number(const char *word);

/* Makes it. What it did to the thread and the process is put back. */
void _thimble_make_guarded(void (*make)(void));

/* Where what was guarded before came to no end, as the debugger has taken the thread out. */
void _thimble_end_abandoned(void);

/* ---- The answers ----
 * arguments[0] to [2] are there, "" for none. Those of the second list are there where tests are.
 */

typedef void answer_maker(struct text *, const char *const *arguments);
answer_maker _thimble_answer_seams, _thimble_answer_objects, _thimble_answer_where,
    _thimble_answer_snapshot;
answer_maker _thimble_answer_mocks, _thimble_answer_calls, _thimble_answer_patch,
    _thimble_answer_repr, _thimble_answer_test;

/* What the calls of the function go to: "mocked", "patched", or null. There where tests are. */
const char *_thimble_seam_state(const char *identity);

/* ---- What the debugger brings ----
 * It costs nothing until somebody asks. No pointer of the program's is there. */

extern struct debug_memory {
    _Alignas(4096) char stack[512 * 1024];
    char room[256 * 1024];
    char answer[64 * 1024]; /* a longer one is in the arena */
    char question[8 * 1024];
} _thimble_debug_memory;

#endif
