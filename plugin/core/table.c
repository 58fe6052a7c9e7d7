#include "table.h"

#include "heap.h"
#include <stdlib.h>
#include <thimble/abi.h>

/* Keys are often addresses or small numbers in a row: the multiplication spreads
 * them over the upper bits, which the shift brings down. */
static size_t home_of(uint64_t key, size_t capacity) {
    return (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (capacity - 1);
}

/* The entry with the key, or the free one where it belongs. */
static struct table_entry *entry_for(const struct table *table, uint64_t key) {
    size_t at = home_of(key, table->capacity);
    while (table->entries[at].taken && table->entries[at].key != key)
        at = (at + 1) & (table->capacity - 1);
    return &table->entries[at];
}

static void grow(struct table *table) {
    struct table old = *table;
    table->capacity = old.capacity ? old.capacity * 2 : 64;
    table->entries = heap_new(table->capacity * sizeof(struct table_entry));
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].taken)
            *entry_for(table, old.entries[i].key) = old.entries[i];
    free(old.entries);
}

void table_free(struct table *table) {
    free(table->entries);
}

uint32_t table_find(const struct table *table, uint64_t key) {
    if (!table->count)
        return THIMBLE_NONE;
    const struct table_entry *entry = entry_for(table, key);
    return entry->taken ? entry->value : THIMBLE_NONE;
}

void table_put(struct table *table, uint64_t key, uint32_t value) {
    if (table->count * 2 >= table->capacity)
        grow(table);
    struct table_entry *entry = entry_for(table, key);
    table->count += !entry->taken;
    *entry = (struct table_entry){key, value, 1};
}
