/* What a pointer points to by what the tracker, or a symbol, says of the memory. */
#include "printer.h"

#include "../base/symbols.h"
#include "../tracker/tracker.h"
#include <string.h>

static bool may_search(unsigned *left) {
    if (*left == 0)
        return false;
    --*left;
    return true;
}

/* ---- Blocks ---- */

static const struct thimble_site *site_of(const struct unit *unit, uint32_t site) {
    return unit && site < unit->site_count ? &unit->sites[site] : NULL;
}

static void put_place(struct text *out, const struct unit *unit, const struct thimble_site *site) {
    _thimble_printf(out, "%s:%u", _thimble_string(unit, site->file), site->line);
}

static void put_bytes(struct text *out, size_t count) {
    _thimble_printf(out, "%zu byte%s", count, count == 1 ? "" : "s");
}

void _thimble_put_block(struct printer *printer, const char *address) {
    struct memory memory;
    struct text *out = printer->out;
    _thimble_memory_at(address, may_search(&printer->block_searches), &memory);
    if (memory.state != MEMORY_LIVE)
        return;
    const struct block *block = &memory.block;
    size_t inside = (uintptr_t)address - block->address;
    const struct thimble_site *site = site_of(block->unit, block->site);
    _thimble_puts(out, " /* ");
    if (inside) {
        put_bytes(out, inside);
        _thimble_puts(out, " into ");
    }
    put_bytes(out, block->size);
    if (site && _thimble_type(block->unit, site->type)) {
        _thimble_puts(out, " of ");
        _thimble_repr_type(out, block->unit, site->type, "");
    }
    if (site) {
        _thimble_puts(out, ", from ");
        put_place(out, block->unit, site);
    }
    _thimble_puts(out, " */");
}

bool _thimble_put_freed(struct printer *printer, const char *address) {
    struct memory memory;
    _thimble_memory_at(address, false, &memory);
    if (memory.state != MEMORY_FREED)
        return false;
    const struct thimble_site *site = site_of(memory.unit, memory.site);
    _thimble_put_here(printer, site ? "/* freed at " : "/* freed");
    if (site)
        put_place(printer->out, memory.unit, site);
    _thimble_put_here(printer, " */ ");
    return true;
}

size_t _thimble_known_size(struct printer *printer, const char *address) {
    struct memory memory;
    struct symbol symbol;
    _thimble_memory_at(address, may_search(&printer->block_searches), &memory);
    if (memory.state == MEMORY_LIVE)
        return memory.block.size - ((uintptr_t)address - memory.block.address);
    bool found = may_search(&printer->symbol_searches) && _thimble_find_symbol(address, &symbol);
    return found && !symbol.is_function ? symbol.size - ((uintptr_t)address - symbol.start) : 0;
}

/* ---- Symbols ---- */

static bool is_aggregate(const struct thimble_type *type) {
    return type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION;
}

/* Whether a struct of some unit is as large as the object, so that what lies in the
 * object may be a member and no element. */
static bool may_be_struct(const struct thimble_type *part, size_t size) {
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->type_count; i++)
            if (is_aggregate(&unit->types[i]) && unit->types[i].size == size &&
                &unit->types[i] != part)
                return true;
    return false;
}

/* spots of a `struct animal *` into spots[3]. An array of numbers can't be told from a
 * struct of some. */
static bool is_element(const struct thimble_type *target, const struct symbol *symbol,
                       size_t inside) {
    return target && is_aggregate(target) && target->size && symbol->size > target->size &&
           symbol->size % target->size == 0 && inside % target->size == 0 &&
           !may_be_struct(target, symbol->size);
}

bool _thimble_put_symbol(struct printer *printer, uint32_t named, const struct thimble_type *target,
                         const char *address) {
    struct symbol symbol;
    struct text *out = printer->out;
    bool is_void = !target || target->kind == THIMBLE_VOID;
    if (!may_search(&printer->symbol_searches) || !_thimble_find_symbol(address, &symbol))
        return false;
    size_t inside = (uintptr_t)address - symbol.start;
    if (symbol.is_function) {
        _thimble_put_cast(out, printer->unit, named);
        _thimble_puts(out, symbol.name);
    } else if (is_element(target, &symbol, inside)) {
        _thimble_printf(out, "&%s[%zu]", symbol.name, inside / (size_t)target->size);
    } else if (!inside && (is_void || target->size == symbol.size)) {
        _thimble_printf(out, "&%s", symbol.name);
    } else {
        _thimble_put_cast(out, printer->unit, named);
        _thimble_printf(out, inside ? "((char *)&%s + %zu)" : "&%s", symbol.name, inside);
    }
    return true;
}
