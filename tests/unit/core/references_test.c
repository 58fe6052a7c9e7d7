/* Which static functions have an address. */
#include "check.h"

#include "references.h"
#include "sample.h"

enum { ENTRY = 900, LIVE, DEAD, ASKING, THROUGH, OBJECT };

static struct sample sample;

static uint32_t add(uint64_t key, const char *name, const char *file, uint32_t flags) {
    uint32_t index = model_function_add(
        sample.model, key,
        &(struct model_function){.name = name,
                                 .symbol = name,
                                 .file = file,
                                 .main_file = *file == 'z',
                                 .type = sample.takes_nothing,
                                 .flags = THIMBLE_INTERNAL | THIMBLE_DEFINED | flags});
    model_seam(sample.model, index);
    return index;
}

static bool has_symbol(uint32_t function) {
    for (uint32_t i = 0; i < model_symbol_count(sample.model); i++)
        if (!model_symbol_at(sample.model, i).object &&
            model_symbol_at(sample.model, i).index == function)
            return true;
    return false;
}

static void check_unit(bool optimized) {
    sample_start(&sample);
    uint32_t live = add(LIVE, "live", "zoo.c", 0), dead = add(DEAD, "dead", "zoo.c", 0);
    uint32_t asking = add(ASKING, "asking", "zoo.c", 0), through = add(THROUGH, "t", "zoo.c", 0);
    uint32_t in_header = add(950, "h", "head.h", 0);
    uint32_t always = add(951, "always", "zoo.c", THIMBLE_ALWAYS_INLINE);
    references_add(sample.model, REFERENCES_ROOT, ENTRY);
    references_add(sample.model, OBJECT, LIVE);
    references_add(sample.model, ENTRY, OBJECT);
    references_add(sample.model, ENTRY, THROUGH);
    references_add(sample.model, THROUGH, ASKING);
    references_add(sample.model, ASKING, REFERENCES_FOREIGN);
    references_add(sample.model, DEAD, LIVE);
    references_add(sample.model, ENTRY, 950);
    references_add(sample.model, ENTRY, 951);
    if (optimized)
        references_optimized(sample.model);
    sample_finish(&sample);
    CHECK(has_symbol(live));
    CHECK(!has_symbol(dead));
    CHECK(has_symbol(asking) == !optimized && has_symbol(through) == !optimized);
    CHECK(!has_symbol(in_header) && !has_symbol(always));
    sample_end(&sample);
}

void check_references(void) {
    check_unit(false);
    check_unit(true);
}
