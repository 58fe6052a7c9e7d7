/* ledger.h: what the tests of a run allocated, all processes together, for --memory.
 *
 * It lies in memory that the tests' processes share, made before the first of them. Each adds
 * what it counted when its test is over, or the process about to end: by the numbers of the
 * sites that were known when the ledger was opened, which are the same in all processes. */
#ifndef RUNNER_LEDGER_H
#define RUNNER_LEDGER_H

#include <stdint.h>

#include "outcome.h"

struct ledger;

/* Begins counting for a run of so many tests. Null: no memory. */
struct ledger *_thimble_ledger_open(uint32_t tests);

/* A test of this number begins in this process: what is allocated from now on is its. */
void _thimble_ledger_begins(uint32_t test);
/* It is over; nothing where none has begun, or no ledger is open. Can be called in a signal's
 * handler. */
void _thimble_ledger_ends(void);

/* Whether the test came to the end of its counting. */
bool _thimble_ledger_knows(const struct ledger *, uint32_t test);

/* The `most` sites that allocated most, and the test that had most at a time. */
struct memory_use *_thimble_ledger_read(const struct ledger *, uint32_t most);

#endif
