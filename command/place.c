/* place.c: where this installation is, and its paths for a shell to read. */
#define _GNU_SOURCE
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *installation(void) {
    static char folder[PATH_SIZE];
    if (*folder)
        return folder;
    ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 1);
    folder[length > 0 ? length : 0] = '\0';
    for (int i = 0; i < 2; i++) { /* behind it stands /bin/thimble */
        char *slash = strrchr(folder, '/');
        if (slash)
            *slash = '\0';
    }
    char loader[PATH_SIZE + 32];
    snprintf(loader, sizeof loader, "%s/lib/thimble/thimble.so", folder);
    if (length <= 0 || access(loader, R_OK) != 0) {
        complain("%s is missing: move bin, lib and include only together, or install again",
                 loader);
        exit(STATUS_FAILED);
    }
    return folder;
}

/* Characters that no shell gives a meaning to. */
static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                            "_@%+=:,./-";

static void print_quoted(const char *text) {
    putchar('\'');
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*text);
    }
    putchar('\'');
}

void print_path(const char *before, const char *behind) {
    char *word;
    if (asprintf(&word, "%s%s%s", before, installation(), behind) < 0)
        abort();
    if (word[strspn(word, plain)] == '\0')
        fputs(word, stdout);
    else
        print_quoted(word);
    free(word);
}
