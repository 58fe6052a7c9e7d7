/* What is at an address. */
/* For the folders' flags. */
#define _GNU_SOURCE 1

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/kernel.h"
#include "../base/maps.h"
#include "../base/symbols.h"
#include "../tracker/threads.h"
#include "../tracker/tracker.h"
#include "answer.h"

/* ---- A block ---- */

static void put_frames(struct text *text, const struct block *block) {
    struct trace trace = _thimble_trace_of(block->trace);
    struct symbol symbol;
    for (uint32_t i = 0; i < trace.frame_count; i++) {
        uintptr_t call = trace.frames[i] - 1;
        _thimble_printf(text, "\n  from 0x%zx", (size_t)call);
        if (_thimble_find_symbol_around((const void *)call, &symbol) && symbol.is_function)
            _thimble_printf(text, " in %s", symbol.name);
    }
}

static bool put_block(struct text *text, uintptr_t address) {
    struct memory memory;
    _thimble_memory_at((const void *)address, &memory);
    if (memory.state == MEMORY_UNKNOWN)
        return false;
    const struct block *block = &memory.block;
    bool freed = memory.state == MEMORY_FREED;
    size_t inside = address - block->address;
    if (inside)
        _thimble_printf(text, "byte %zu of ", inside);
    _thimble_printf(text, "a block%s\n  ", freed ? " that was freed" : "");
    _thimble_put_made(text, block);
    put_frames(text, block);
    if (freed) {
        struct trace by = _thimble_trace_of(memory.released);
        _thimble_puts(text, "\n  freed");
        _thimble_put_trace_site(text, &by);
    }
    return true;
}

/* ---- A stack ---- */

struct search {
    struct map_line map; /* that the address is in */
    int thread;          /* whose stack that is; 0: not known */
};

static bool has(const struct search *search, uintptr_t address) {
    return address >= search->map.start && address < search->map.end;
}

/* "NUMBER … SP PC", or "running". */
static bool look_at_thread(void *context, int id) {
    struct search *search = context;
    char buffer[256], *at = buffer;
    struct text path = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&path, "/proc/self/task/%d/syscall", id);
    int file = id > 0 ? open(buffer, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t length = file < 0 ? 0 : read(file, buffer, sizeof(buffer) - 1);
    if (file >= 0)
        close(file);
    buffer[length > 0 ? length : 0] = '\0';
    if (!(at = strrchr(buffer, ' ')))
        return true;
    *at = '\0';
    if ((at = strrchr(buffer, ' ')) && has(search, strtoul(at, NULL, 16)))
        search->thread = id;
    return true;
}

static void find_thread(struct search *search) {
    int tasks = open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (has(search, (uintptr_t)pthread_self()))
        search->thread = kernel_thread();
    if (tasks < 0)
        return;
    _thimble_each_thread(tasks, look_at_thread, search);
    close(tasks);
}

/* ---- Anything else ---- */

static bool put_symbol(struct text *text, uintptr_t address) {
    struct symbol symbol;
    if (!_thimble_find_symbol_around((const void *)address, &symbol))
        return false;
    size_t inside = address - symbol.start;
    if (inside)
        _thimble_printf(text, "byte %zu of ", inside);
    _thimble_printf(text, "%s, a %s", symbol.name, symbol.is_function ? "function" : "variable");
    _thimble_printf(text, " of %zu byte%s", symbol.size, symbol.size == 1 ? "" : "s");
    return true;
}

static void put_mapping(struct text *text, uintptr_t address) {
    static struct maps maps;
    struct search search = {.thread = 0};
    bool found = false;
    if (!_thimble_open_maps(&maps))
        _thimble_refuse_with("/proc/self/maps can't be read");
    while (!found && _thimble_next_map(&maps, &search.map))
        found = has(&search, address);
    _thimble_close_maps(&maps);
    if (!found) {
        _thimble_puts(text, "no memory of this process's");
        return;
    }
    const char *path = search.map.path;
    if (strcmp(path, "[stack]") == 0)
        search.thread = getpid();
    else if (!*path || *path == '[')
        find_thread(&search);
    if (search.thread)
        _thimble_printf(text, "on the stack of thread %d%s", search.thread,
                        search.thread == getpid() ? ", the main thread" : "");
    else if (*path == '/')
        _thimble_printf(text, "in %s, where nothing has a name", path);
    else
        _thimble_puts(text, "in no block, variable or function that is known");
}

void _thimble_answer_where(struct text *text, const char *const *arguments) {
    uintptr_t address = _thimble_asked_number(arguments[0]);
    _thimble_printf(text, "0x%zx is ", (size_t)address);
    if (!put_block(text, address) && !put_symbol(text, address))
        put_mapping(text, address);
}
