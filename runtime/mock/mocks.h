/* mocks.h: generated functions that stand in for others: they record their calls
 * and return what they were told.
 *
 * A mock is made once for a function, or for a pointer's type, and used again in
 * later tests: a thread may be in it at any time. Between tests it records
 * nothing and returns zero.
 */
#ifndef MOCK_MOCKS_H
#define MOCK_MOCKS_H

#include "answers.h"
#include "calls.h"
#include "seams.h"
#include "words.h"

struct mock {
    struct mock *next; /* of all that were made */
    const char *identity;
    void **pointer;   /* of the latest use */
    const char *name; /* interned */
    struct signature *signature;
    void *entry;
    struct place place; /* where it was asked for */
    bool noreturn;
    bool orphaned; /* the unit that described it has left */
    _Atomic bool active;
    const struct answer *_Atomic answer;
    struct calls calls;
    struct words_interface
        *words;             /* of the entry, where what calls pass is known in the call only */
    _Atomic size_t awaited; /* how many calls are, or 0; see waiting.c */
    _Atomic uint32_t wakes; /* how often that was reached */
    bool learning;          /* as was asked for there: */
    struct place learned_at;
    const char *learned_text;
    struct replacement replacement;
};

/* The target's mock, made and put into place if it has none in this test, or none
 * that its calls go to. Fails at the place where that cannot be. */
struct mock *_thimble_mock(struct place, const struct target *);

/* The target's mock of this test; fails where there is none. */
struct mock *_thimble_existing_mock(struct place, const struct target *);

/* Guards their list. */
extern pthread_mutex_t _thimble_mocks_lock;

/* The mocks of this test: the one behind `before`, or the first; null behind the last. */
const struct mock *_thimble_next_mock(const struct mock *before);

/* At this scope's end all mocks that there are now are told again what they have been told so
 * far, and forget what they were called with since. */
void _thimble_keep_mocks(void);

/* A call of the mock: it is recorded and answered. errno is the caller's. */
void _thimble_called(struct mock *, const struct invocation *);

/* ---- variadic.c ---- */

/* The closure of a mock that receives words. */
void _thimble_called_with_words(ffi_cif *, void *returned, void **arguments, void *mock);

/* ---- waiting.c ---- */

/* Wakes those that wait for as many calls as there are now. */
void _thimble_wake(struct mock *);

/* ---- learning.c ---- */

/* Shows what was learned, when the scope ends. */
void _thimble_show_learned_at_end(struct mock *);

#endif
