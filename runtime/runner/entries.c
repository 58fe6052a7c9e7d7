/* For getdents64. */
#define _GNU_SOURCE 1

#include "entries.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct directory_entry {
    uint64_t inode;
    int64_t offset;
    uint16_t size;
    unsigned char type;
    char name[];
};

static bool is_dots(const char *name) {
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

void _thimble_each_entry(int folder, void (*visit)(void *data, int folder, const char *name),
                         void *data) {
    _Alignas(struct directory_entry) char buffer[4096];
    lseek(folder, 0, SEEK_SET);
    for (;;) {
        long size = syscall(SYS_getdents64, folder, buffer, sizeof(buffer));
        if (size <= 0)
            return;
        for (long at = 0; at < size;) {
            const struct directory_entry *entry = (const void *)(buffer + at);
            if (!is_dots(entry->name))
                visit(data, folder, entry->name);
            at += entry->size;
        }
    }
}
