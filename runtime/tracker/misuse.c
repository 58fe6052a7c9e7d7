/* What is wrong with a release, in sentences. */
#include "misuse.h"

static void put_place(struct text *text, const char *before, uint32_t number) {
    struct trace trace = _thimble_trace_of(number);
    if (!trace.unit) {
        _thimble_printf(text, "%sforeign code", before);
        return;
    }
    const struct unit *unit = trace.unit;
    const struct thimble_site *site = &unit->sites[trace.site];
    _thimble_printf(text, "%s%s:%u", before, _thimble_string(unit, site->file), site->line);
    if (site->function < unit->function_count)
        _thimble_printf(text, " in %s",
                        _thimble_string(unit, unit->functions[site->function].name));
}

static void put_block(struct text *text, const struct block *block) {
    _thimble_printf(text, "a block of %zu byte%s", block->size, block->size == 1 ? "" : "s");
}

void _thimble_describe_misuse(struct text *text, const struct misuse *misuse) {
    const struct block *block = &misuse->block;
    _thimble_printf(text, "%s(%p) of ", misuse->callee, misuse->address);
    switch (misuse->kind) {
    case MISUSE_FREED_TWICE:
        put_block(text, block);
        _thimble_puts(text, " that was freed already");
        put_place(text, "\n  freed at ", misuse->released);
        break;
    case MISUSE_INSIDE:
        _thimble_printf(text, "an address %zu bytes into ",
                        (uintptr_t)misuse->address - block->address);
        put_block(text, block);
        break;
    case MISUSE_NO_BLOCK:
        _thimble_puts(text, "what is no heap block");
        break;
    case MISUSE_MISMATCHED:
        put_block(text, block);
        _thimble_printf(text, " that %s gives back", misuse->expected);
        break;
    }
    if (misuse->kind != MISUSE_NO_BLOCK)
        put_place(text, "\n  allocated at ", block->trace);
    put_place(text, "\n  now freed at ", misuse->by);
}
