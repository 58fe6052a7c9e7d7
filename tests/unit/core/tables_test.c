/* The core's own containers. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <thimble/abi.h>

#include "intern.h"
#include "table.h"

enum { MANY = 100000 };

static void check_table(void) {
    struct table table = {0};
    CHECK(table_find(&table, 0) == THIMBLE_NONE);
    table_put(&table, 0, 7);
    table_put(&table, UINT64_MAX, 8);
    CHECK(table_find(&table, 0) == 7);
    CHECK(table_find(&table, UINT64_MAX) == 8);
    CHECK(table_find(&table, 1) == THIMBLE_NONE);
    table_put(&table, 0, 9);
    CHECK(table_find(&table, 0) == 9 && table.count == 2);
    /* Keys like addresses, and like numbers in a row with a high bit. */
    bool all = true;
    for (uint64_t i = 1; i <= MANY; i++) {
        table_put(&table, i * 4096, (uint32_t)i);
        table_put(&table, i | (uint64_t)1 << 40, (uint32_t)(i + MANY));
    }
    for (uint64_t i = 1; i <= MANY; i++)
        all = all && table_find(&table, i * 4096) == i &&
              table_find(&table, i | (uint64_t)1 << 40) == i + MANY;
    CHECK(all);
    CHECK(table.count == 2 * MANY + 2);
    table_free(&table);
}

static void check_few_strings(void) {
    struct intern strings;
    intern_init(&strings);
    CHECK(intern_add(&strings, "") == 0 && intern_add(&strings, NULL) == 0);
    uint32_t zoo = intern_add(&strings, "zoo");
    const char *text = intern_text(&strings, zoo);
    CHECK(zoo == 1 && intern_add(&strings, "zo") == 5);
    char copy[] = "zoo";
    CHECK(intern_add(&strings, copy) == zoo && text != copy);
    CHECK_TEXT(text, "zoo");
    CHECK(intern_size(&strings) == 8);
    intern_free(&strings);
}

/* Some are longer than a piece of the table. */
static void make(char *out, size_t size, int i) {
    size_t length = (size_t)snprintf(out, size, "name_%d_", i);
    if (i % 20000 == 0) {
        memset(out + length, 'x', size - 1 - length);
        out[size - 1] = '\0';
    }
}

static void check_many_strings(void) {
    static char text[70001];
    struct intern strings;
    intern_init(&strings);
    uint32_t *offsets = malloc(MANY * sizeof *offsets);
    for (int i = 0; i < MANY; i++) {
        make(text, sizeof text, i);
        offsets[i] = intern_add(&strings, text);
    }
    unsigned char *all = malloc(intern_size(&strings));
    intern_copy(&strings, all);
    bool found = true, stands = true, same = true;
    for (int i = 0; i < MANY; i++) {
        make(text, sizeof text, i);
        found = found && strcmp(intern_text(&strings, offsets[i]), text) == 0;
        stands = stands && strcmp((const char *)all + offsets[i], text) == 0;
        same = same && intern_add(&strings, text) == offsets[i];
    }
    CHECK(found);
    CHECK(stands);
    CHECK(same);
    CHECK(all[0] == '\0');
    free(all);
    free(offsets);
    intern_free(&strings);
}

void check_tables(void) {
    check_table();
    check_few_strings();
    check_many_strings();
}
