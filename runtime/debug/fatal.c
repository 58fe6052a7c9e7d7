/* THIMBLE_STACK=1, for `thimble debug` where no debugger may look into the program: it tells
 * itself where it died. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "../base/signal_stack.h"
#include "../base/text.h"
#include "../base/unwinder.h"
#include "stop.h"

static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

enum { SIGNALS = sizeof(signals) / sizeof(*signals) };

static struct {
    struct stop_desk *desk; /* shared with the process that finds the lines */
    struct sigaction before[SIGNALS];
    _Atomic bool told;
} fatal;

/* What comes next is as it was. Where an instruction did it, that does it again. */
static void on_death(int number, siginfo_t *info, void *context) {
    int saved = errno;
    (void)context;
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &fatal.before[i], NULL);
    if (!atomic_exchange(&fatal.told, true)) {
        _thimble_tell_stack(fatal.desk);
        _thimble_write(2, fatal.desk->stack, strnlen(fatal.desk->stack, sizeof(fatal.desk->stack)));
    }
    if (info->si_code <= 0)
        raise(number);
    errno = saved;
}

/* Behind THIMBLE_MEMORY's, so that its handler is the one that was there before. */
__attribute__((constructor(103))) static void begin(void) {
    const char *variable = getenv("THIMBLE_STACK");
    struct sigaction action = {.sa_sigaction = on_death, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    if (!variable || strcmp(variable, "1") != 0)
        return;
    void *desk =
        mmap(NULL, sizeof(*fatal.desk), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (desk == MAP_FAILED)
        return;
    struct unwinder unwinder;
    _thimble_find_unwinder(&unwinder); /* which allocates: not with a heap that may be broken */
    fatal.desk = desk;
    _thimble_give_signal_stack();
    sigfillset(&action.sa_mask);
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &action, &fatal.before[i]);
}
