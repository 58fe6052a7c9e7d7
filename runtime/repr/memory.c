/* What a pointer points to by what the tracker, or a symbol, says of the memory. */
#include "printer.h"

#include "../base/symbols.h"
#include "../tracker/tracker.h"
#include "designator.h"
#include <string.h>

static bool may_search(unsigned *left) {
    if (*left == 0)
        return false;
    --*left;
    return true;
}

/* ---- Blocks ---- */

static void put_place(struct text *out, const char *before, struct trace trace) {
    const struct thimble_site *site = &trace.unit->sites[trace.site];
    _thimble_printf(out, "%s%s:%u", before, _thimble_string(trace.unit, site->file), site->line);
}

static void put_bytes(struct text *out, size_t count) {
    _thimble_printf(out, "%zu byte%s", count, count == 1 ? "" : "s");
}

void _thimble_put_block(struct printer *printer, const char *address) {
    struct memory memory;
    struct text *out = printer->out;
    _thimble_memory_at(address, &memory);
    if (memory.state != MEMORY_LIVE)
        return;
    const struct block *block = &memory.block;
    size_t inside = (uintptr_t)address - block->address;
    struct trace trace = _thimble_trace_of(block->trace);
    _thimble_puts(out, " /* ");
    if (inside) {
        put_bytes(out, inside);
        _thimble_puts(out, " into ");
    }
    put_bytes(out, block->size);
    if (trace.unit && _thimble_type(trace.unit, trace.unit->sites[trace.site].type)) {
        _thimble_puts(out, " of ");
        _thimble_repr_type(out, trace.unit, trace.unit->sites[trace.site].type, "");
    }
    if (trace.unit)
        put_place(out, ", from ", trace);
    _thimble_puts(out, " */");
}

bool _thimble_put_freed(struct printer *printer, const char *address) {
    struct memory memory;
    _thimble_memory_at(address, &memory);
    if (memory.state != MEMORY_FREED)
        return false;
    struct trace by = _thimble_trace_of(memory.released),
                 made = _thimble_trace_of(memory.block.trace);
    _thimble_put_here(printer, "/* freed");
    if (by.unit)
        put_place(printer->out, " at ", by);
    if (made.unit)
        put_place(printer->out, ", allocated at ", made);
    _thimble_put_here(printer, " */ ");
    return true;
}

size_t _thimble_known_size(struct printer *printer, const char *address) {
    struct memory memory;
    struct symbol symbol;
    _thimble_memory_at(address, &memory);
    if (memory.state == MEMORY_LIVE)
        return memory.block.size - ((uintptr_t)address - memory.block.address);
    bool found = may_search(&printer->symbol_searches) && _thimble_find_symbol(address, &symbol);
    return found && !symbol.is_function ? symbol.size - ((uintptr_t)address - symbol.start) : 0;
}

/* ---- Symbols ---- */

/* Where an object is not described, its type is known not to be the pointer's only by its
 * size. */
static void put_undescribed(struct printer *printer, uint32_t named,
                            const struct thimble_type *target, const struct symbol *symbol,
                            size_t inside) {
    struct text *out = printer->out;
    bool same = !target || target->kind == THIMBLE_VOID || target->size == symbol->size;
    if (inside || !same)
        _thimble_put_cast(out, printer->unit, named);
    _thimble_printf(out, inside ? "((char *)&%s + %zu)" : "&%s", symbol->name, inside);
}

bool _thimble_put_symbol(struct printer *printer, uint32_t named, const struct followed *target,
                         const char *address) {
    struct symbol symbol;
    struct text *out = printer->out;
    if (!may_search(&printer->symbol_searches) || !_thimble_find_symbol(address, &symbol))
        return false;
    size_t inside = (uintptr_t)address - symbol.start, length = out->length;
    if (symbol.is_function) {
        _thimble_put_cast(out, printer->unit, named);
        _thimble_puts(out, symbol.name);
        return true;
    }
    _thimble_puts(out, "&");
    if (_thimble_put_designator(out, &symbol, inside, target->unit, target->named))
        return true;
    out->length = length;
    out->data[length] = '\0';
    put_undescribed(printer, named, target->type, &symbol, inside);
    return true;
}
