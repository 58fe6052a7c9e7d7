/* terminal.c: the terminal as it was before the debugger had it. */
#include "debug.h"

#include <unistd.h>

static const int keys[] = {SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU};

enum { KEYS = sizeof keys / sizeof *keys };

static struct sigaction before[KEYS];
static bool ignored;

void remember_terminal(struct terminal *terminal, int descriptor) {
    bool is_terminal = tcgetattr(descriptor, &terminal->state) == 0;
    terminal->descriptor = is_terminal ? descriptor : -1;
    if (is_terminal)
        terminal->group = tcgetpgrp(descriptor);
}

/* A debugger that is killed leaves its process's group in the foreground, and no echo. */
void restore_terminal(const struct terminal *terminal) {
    if (terminal->descriptor < 0)
        return;
    if (terminal->group > 0)
        tcsetpgrp(terminal->descriptor, terminal->group);
    tcsetattr(terminal->descriptor, TCSADRAIN, &terminal->state);
}

void ignore_keys(void) {
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    for (int i = 0; i < KEYS; i++)
        sigaction(keys[i], &ignore, &before[i]);
    ignored = true;
}

void restore_keys(void) {
    for (int i = 0; i < KEYS && ignored; i++)
        sigaction(keys[i], &before[i], NULL);
}
