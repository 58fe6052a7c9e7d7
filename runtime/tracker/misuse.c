/* What is wrong with a release, in sentences. */
#include "misuse.h"

#include "../base/stack.h"

static void put_place(struct text *text, const struct trace *trace) {
    const struct thimble_site *site = &trace->unit->sites[trace->site];
    _thimble_printf(text, "%s:%u", _thimble_plain_path(_thimble_string(trace->unit, site->file)),
                    site->line);
}

static bool calls_by_name(const struct trace *trace) {
    return trace->unit && trace->unit->sites[trace->site].callee != THIMBLE_NONE;
}

void _thimble_put_trace_site(struct text *text, const struct trace *trace) {
    if (!trace->unit) {
        _thimble_puts(text, " in code compiled without the plugin");
        return;
    }
    _thimble_puts(text, " at ");
    put_place(text, trace);
    _thimble_printf(text, " in %s", _thimble_trace_function(trace));
}

static void put_what_it_is(struct text *text, uintptr_t address) {
    if (_thimble_on_stack(address))
        _thimble_puts(text, "an address on the stack, which is no heap block");
    else if (address % SMALLEST_PAGE == 0)
        _thimble_puts(text, "an address that no allocator has returned");
    else
        _thimble_puts(text, "an address in a variable or a constant, which is no heap block");
}

void _thimble_put_misuse(struct text *text, const struct misuse *misuse) {
    struct trace by = _thimble_trace_of(misuse->by);
    if (by.unit) {
        put_place(text, &by);
        _thimble_puts(text, ": ");
    }
    /* A unit's release may be by another function, which calls free. */
    _thimble_printf(text, "%s of ",
                    calls_by_name(&by) ? _thimble_trace_callee(&by) : misuse->callee);
    size_t inside = (uintptr_t)misuse->address - misuse->block.address;
    switch (misuse->kind) {
    case MISUSE_FREED_TWICE:
        _thimble_puts(text, "a block that was freed already");
        break;
    case MISUSE_INSIDE:
        _thimble_printf(text, "an address %zu byte%s into a block", inside, inside == 1 ? "" : "s");
        break;
    case MISUSE_NO_BLOCK:
        put_what_it_is(text, (uintptr_t)misuse->address);
        break;
    case MISUSE_MISMATCHED:
        _thimble_printf(text, "a block that only %s gives back", misuse->expected);
        break;
    }
}

void _thimble_put_made(struct text *text, const struct block *block) {
    struct trace made = _thimble_trace_of(block->trace);
    _thimble_puts(text, "allocated");
    if (calls_by_name(&made))
        _thimble_printf(text, " by %s", _thimble_trace_callee(&made));
    _thimble_put_trace_site(text, &made);
    _thimble_puts(text, ": ");
    if (made.unit && made.unit->sites[made.site].type != THIMBLE_NONE) {
        _thimble_put_trace_type(text, block->trace);
        _thimble_puts(text, ", ");
    }
    _thimble_printf(text, "%zu byte%s", block->size, block->size == 1 ? "" : "s");
}

void _thimble_put_misused_block(struct text *text, const struct misuse *misuse) {
    if (misuse->kind == MISUSE_NO_BLOCK)
        return;
    _thimble_puts(text, "\n  ");
    _thimble_put_made(text, &misuse->block);
}

void _thimble_put_first_release(struct text *text, const struct misuse *misuse) {
    struct trace by = _thimble_trace_of(misuse->released);
    if (misuse->kind != MISUSE_FREED_TWICE)
        return;
    _thimble_puts(text, "\n  freed");
    _thimble_put_trace_site(text, &by);
}

void _thimble_say_misuse(const struct misuse *misuse) {
    char buffer[2048];
    struct text text = _thimble_text(buffer, sizeof buffer);
    _thimble_puts(&text, "thimble: ");
    _thimble_put_misuse(&text, misuse);
    _thimble_put_misused_block(&text, misuse);
    _thimble_put_first_release(&text, misuse);
    _thimble_puts(&text, "\n");
    _thimble_write(2, text.data, text.length);
}
