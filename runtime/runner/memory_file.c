/* For memfd_create and fallocate. */
#define _GNU_SOURCE 1

#include "memory_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is kept of a long file at each end. */
#define KEPT ((uint64_t)16 * 1024)

/* A file larger than this is thinned down to its ends. */
#define LARGE ((uint64_t)64 * 1024 * 1024)
#define THIN_END ((uint64_t)1024 * 1024)

static int open_unnamed(void) {
    int file = memfd_create("thimble", MFD_CLOEXEC);
    if (file >= 0)
        return file;
    const char *folder = getenv("TMPDIR");
    return open(folder ? folder : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

int _thimble_memory_file(void) {
    int file = open_unnamed();
    int moved = file < 0 ? -1 : fcntl(file, F_DUPFD_CLOEXEC, FIRST_OWN_DESCRIPTOR);
    if (moved >= 0) {
        close(file);
        file = moved;
    }
    return file;
}

uint64_t _thimble_file_size(int file) {
    struct stat status;
    return fstat(file, &status) == 0 ? (uint64_t)status.st_size : 0;
}

void _thimble_empty_file(int file) {
    if (ftruncate(file, 0) == 0)
        lseek(file, 0, SEEK_SET);
    fcntl(file, F_SETFL, O_APPEND);
}

void _thimble_thin_file(int file) {
    uint64_t size = _thimble_file_size(file);
    if (size <= LARGE)
        return;
    fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)THIN_END,
              (off_t)(size - 2 * THIN_END));
}

static void put_part(struct text *text, int file, uint64_t start, uint64_t length) {
    char buffer[4096];
    while (length > 0) {
        size_t wanted = length < sizeof(buffer) ? (size_t)length : sizeof(buffer);
        ssize_t got = pread(file, buffer, wanted, (off_t)start);
        if (got <= 0)
            return;
        _thimble_put(text, buffer, (size_t)got);
        start += (uint64_t)got;
        length -= (uint64_t)got;
    }
}

void _thimble_put_file(struct text *text, int file) {
    uint64_t size = _thimble_file_size(file);
    if (size <= 2 * KEPT) {
        put_part(text, file, 0, size);
        return;
    }
    put_part(text, file, 0, KEPT);
    _thimble_printf(text, "\n[... %llu bytes left out ...]\n",
                    (unsigned long long)(size - 2 * KEPT));
    put_part(text, file, size - KEPT, KEPT);
}
