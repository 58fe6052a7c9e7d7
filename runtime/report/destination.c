#include "destination.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../runner/memory_file.h"

/* ---- Opening ---- */

static bool is_standard_output(const char *path) {
    static const char *const names[] = {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(path, names[i]) == 0)
            return true;
    }
    return false;
}

/* Keeps errno where there is no descriptor. */
static int out_of_the_way(int file) {
    if (file < 0)
        return -1;
    int moved = fcntl(file, F_DUPFD_CLOEXEC, FIRST_OWN_DESCRIPTOR);
    int error = errno;
    close(file);
    errno = error;
    return moved;
}

/* The process may go to another folder before the report is whole. */
static const char *absolute(const char *path) {
    char folder[4096];
    struct text text = _thimble_growing_text();
    if (path[0] != '/' && getcwd(folder, sizeof(folder)))
        _thimble_printf(&text, "%s/", folder);
    _thimble_puts(&text, path);
    return text.data;
}

static const char *temporary_name(const char *target) {
    struct text text = _thimble_growing_text();
    _thimble_printf(&text, "%s.%d.tmp", target, (int)getpid());
    return text.data;
}

static int open_temporary(struct destination *destination, const struct stat *old) {
    const char *name = temporary_name(destination->target);
    unlink(name);
    int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0)
        return -1;
    if (old)
        fchmod(file, old->st_mode & 07777);
    destination->temporary = name;
    return file;
}

static int open_target(struct destination *destination) {
    struct stat status;
    bool exists = lstat(destination->target, &status) == 0;
    int file = -1;
    if (!exists || S_ISREG(status.st_mode))
        file = open_temporary(destination, exists ? &status : NULL);
    if (file < 0)
        file = open(destination->target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);
    if (file >= 0)
        destination->streams = fstat(file, &status) == 0 && !S_ISREG(status.st_mode);
    return file;
}

/* The first of the folders on the path to the file that is not there, or null. */
static const char *missing_folder(const char *path) {
    struct stat status;
    for (const char *end = strchr(path + 1, '/'); end; end = strchr(end + 1, '/')) {
        const char *folder = _thimble_strndup(&_thimble_arena, path, (size_t)(end - path));
        if (stat(folder, &status) != 0 && errno == ENOENT)
            return folder;
    }
    return NULL;
}

static void put_mistake(struct text *text, const char *option, const char *path, int error) {
    _thimble_printf(text, "option %s '%s': ", option, path);
    const char *missing = error == ENOENT && path[0] ? missing_folder(path) : NULL;
    if (missing)
        _thimble_printf(text, "there is no folder '%s'", missing);
    else if (!path[0])
        _thimble_puts(text, "it takes the name of a file");
    else if (error == EISDIR)
        _thimble_puts(text, "it takes the name of a file, and this is a folder");
    else
        _thimble_printf(text, "can't write to it: %s", strerror(error));
}

bool _thimble_destination_open(struct destination *destination, const char *option,
                               const char *path, struct text *error) {
    *destination = (struct destination){.path = path, .target = path, .file = -1};
    errno = ENOENT;
    if (is_standard_output(path)) {
        destination->output = destination->streams = true;
        destination->file = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, FIRST_OWN_DESCRIPTOR);
    } else if (path[0]) {
        destination->target = absolute(path);
        destination->file = out_of_the_way(open_target(destination));
    }
    if (destination->file >= 0)
        return true;
    put_mistake(error, option, path, errno);
    return false;
}

/* ---- Closing ---- */

static bool complain(const struct destination *destination, const char *what, int error) {
    struct text text = _thimble_growing_text();
    _thimble_printf(&text, "thimble: the report in %s %s: %s\n", destination->path, what,
                    strerror(error));
    _thimble_write(STDERR_FILENO, text.data, text.length);
    return false;
}

static bool give_name(const struct destination *destination) {
    if (rename(destination->temporary, destination->target) == 0)
        return true;
    int error = errno;
    struct text what = _thimble_growing_text();
    _thimble_printf(&what, "could not get that name, and stays in %s", destination->temporary);
    return complain(destination, what.data, error);
}

bool _thimble_destination_close(struct destination *destination, int error) {
    /* Some file systems say only now that there was no room. */
    if (close(destination->file) != 0 && !error && errno != EINTR)
        error = errno;
    if (error && destination->temporary)
        unlink(destination->temporary);
    if (error)
        return complain(destination,
                        destination->temporary ? "could not be written" : "is not whole", error);
    return !destination->temporary || give_name(destination);
}

void _thimble_destination_drop(struct destination *destination) {
    close(destination->file);
    if (destination->temporary)
        unlink(destination->temporary);
}
