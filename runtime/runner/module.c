#include "module.h"

#include "../base/arena.h"

static struct module *modules;
static uint32_t module_count;

uint32_t _thimble_module_count(void) {
    return module_count;
}

static struct call *call_of(struct module *module, uint32_t kind) {
    switch (kind) {
    case THIMBLE_SETUP:
        return &module->setup;
    case THIMBLE_TEARDOWN:
        return &module->teardown;
    case THIMBLE_SETUP_MODULE:
        return &module->setup_module;
    case THIMBLE_TEARDOWN_MODULE:
        return &module->teardown_module;
    default:
        return NULL;
    }
}

static void find_functions(struct module *module) {
    const struct unit *unit = module->unit;
    for (uint32_t i = 0; i < unit->fixture_count; i++) {
        const struct thimble_fixture *record = &unit->fixtures[i];
        struct call *call = call_of(module, record->kind);
        struct text why = _thimble_growing_text();
        if (call && !_thimble_prepare_call(call, unit, &unit->functions[record->function], &why))
            module->wrong = why.data;
    }
}

struct module *_thimble_module(const struct unit *unit) {
    for (struct module *module = modules; module; module = module->next) {
        if (module->unit == unit)
            return module;
    }
    struct module *module = _thimble_alloc(&_thimble_arena, sizeof(*module));
    module->unit = unit;
    module->number = module_count++;
    module->next = modules;
    modules = module;
    find_functions(module);
    return module;
}
