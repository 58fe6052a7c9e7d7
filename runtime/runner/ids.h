/* ids.h: finding tests by their ids, and that an id means one test only. */
#ifndef RUNNER_IDS_H
#define RUNNER_IDS_H

#include "../base/text.h"
#include "test.h"

struct id_table {
    const struct tests *tests;
    uint32_t *places; /* the tests' numbers + 1, by hash; 0 where there is none */
    uint32_t size;    /* a power of two */
};

struct id_table _thimble_id_table(const struct tests *);

/* The test's number, or NO_ID. */
#define NO_ID UINT32_MAX
uint32_t _thimble_find_id(const struct id_table *, const char *id);

/* Cases of one array that have one name get their index behind it: FILE::NAME[CASE-INDEX].
 * False where two tests still have one id; `error` then says which. */
bool _thimble_make_ids_unique(struct tests *, struct text *error);

/* Its place in its array of cases, from 0. The test is one of the list. */
uint32_t _thimble_case_index(const struct tests *, const struct test *);

#endif
