/* table.h: from a 64-bit key to an index. */
#ifndef CORE_TABLE_H
#define CORE_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct table_entry {
    uint64_t key;
    uint32_t value;
    uint32_t taken;
};

/* Open addressing; capacity is a power of two or zero. */
struct table {
    struct table_entry *entries;
    size_t capacity, count;
};

void table_free(struct table *);
/* The value under the key, or THIMBLE_NONE. */
uint32_t table_find(const struct table *, uint64_t key);
/* Puts the value under the key, in place of another that was there. */
void table_put(struct table *, uint64_t key, uint32_t value);

#endif
