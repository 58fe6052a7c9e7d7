/* isolate_run.c: running a command and reading what it says. */
#include "isolate.h"

#include "command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void *grown(void *memory, size_t size) {
    memory = realloc(memory, size);
    if (!memory)
        abort();
    return memory;
}

void add_word(struct words *words, const char *word) {
    words->all = grown(words->all, (words->count + 2) * sizeof *words->all);
    words->all[words->count++] = (char *)(size_t)word;
    words->all[words->count] = NULL;
}

static char *read_all(int from) {
    size_t length = 0, size = 0;
    char *text = NULL;
    for (;;) {
        if (size - length < 4096)
            text = grown(text, size = size * 2 + 8192);
        ssize_t got = read(from, text + length, size - length - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        length += (size_t)got;
    }
    text[length] = '\0';
    return text;
}

static void __attribute__((noreturn)) become(char *const *command, int output) {
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    setenv("LC_ALL", "C", 1);
    execvp(command[0], command);
    complain("cannot run '%s': %s", command[0], strerror(errno));
    _exit(127);
}

int run_command(char *const *command, bool verbose, char **output) {
    int ends[2], state;
    if (verbose) {
        fputs("thimble: +", stderr);
        for (char *const *word = command; *word; word++)
            fprintf(stderr, " %s", *word);
        fputc('\n', stderr);
    }
    fflush(NULL);
    pid_t child = pipe(ends) == 0 ? fork() : -1;
    if (child == 0)
        become(command, ends[1]);
    if (child < 0) {
        complain("cannot run '%s': %s", command[0], strerror(errno));
        *output = calloc(1, 1);
        return 127;
    }
    close(ends[1]);
    *output = read_all(ends[0]);
    close(ends[0]);
    while (waitpid(child, &state, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}
