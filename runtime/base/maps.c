#include "maps.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool _thimble_open_maps(struct maps *maps) {
    maps->file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    maps->broken = false;
    maps->used = maps->filled = 0;
    return maps->file >= 0;
}

bool _thimble_close_maps(struct maps *maps) {
    close(maps->file);
    return !maps->broken;
}

/* The next line without its end, or null behind the last. One that is too long breaks it
 * off. */
static const char *next_line(struct maps *maps) {
    for (;;) {
        char *start = maps->buffer + maps->used;
        char *end = memchr(start, '\n', maps->filled - maps->used);
        if (end) {
            *end = '\0';
            maps->used = (size_t)(end + 1 - maps->buffer);
            return start;
        }
        memmove(maps->buffer, start, maps->filled - maps->used);
        maps->filled -= maps->used;
        maps->used = 0;
        size_t room = sizeof maps->buffer - maps->filled;
        ssize_t got = room ? read(maps->file, maps->buffer + maps->filled, room) : -1;
        maps->broken = got < 0;
        if (got <= 0)
            return NULL;
        maps->filled += (size_t)got;
    }
}

/* Goes behind the character that ends the number. */
static uint64_t number(const char **text, unsigned base) {
    uint64_t value = 0;
    for (;; (*text)++) {
        char c = **text;
        if (c >= '0' && c <= '9')
            value = value * base + (unsigned)(c - '0');
        else if (c >= 'a' && c <= 'f')
            value = value * base + (unsigned)(c - 'a') + 10;
        else
            break;
    }
    *text += **text != '\0';
    return value;
}

/* "START-END rwxp OFFSET MAJOR:MINOR INODE    PATH" */
bool _thimble_next_map(struct maps *maps, struct map_line *map) {
    const char *line = next_line(maps);
    if (!line)
        return false;
    map->start = (uintptr_t)number(&line, 16);
    map->end = (uintptr_t)number(&line, 16);
    map->readable = line[0] == 'r';
    map->writable = line[1] == 'w';
    map->executable = line[2] == 'x';
    map->shared = line[3] == 's';
    line += strlen("rwxp ");
    map->offset = number(&line, 16);
    map->device = number(&line, 16) << 32;
    map->device |= number(&line, 16);
    map->inode = number(&line, 10);
    map->path = line + strspn(line, " ");
    return true;
}
