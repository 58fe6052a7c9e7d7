/* permission.c: whether this system lets a process look into another, and what forbids it. */
#define _GNU_SOURCE
#include "debug.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static long number_in(const char *path, const char *before) {
    char line[256];
    long number = 0;
    size_t length = strlen(before);
    FILE *from = fopen(path, "re");
    while (from && fgets(line, sizeof line, from))
        if (strncmp(line, before, length) == 0)
            number = strtol(line + length, NULL, 10);
    if (from)
        fclose(from);
    return number;
}

pid_t tracer_of(pid_t process) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/status", (long)process);
    return (pid_t)number_in(path, "TracerPid:");
}

/* In a child: another one to look into, which lets all others do it, as those do that wait for
 * a debugger. */
static __attribute__((noreturn)) void try_it(void) {
    int state;
    pid_t other = fork();
    if (other == 0) {
        prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
        raise(SIGSTOP);
        _exit(0);
    }
    if (other < 0)
        _exit(0);
    waitpid(other, &state, WUNTRACED);
    int error = ptrace(PTRACE_SEIZE, other, NULL, NULL) == 0 ? 0 : errno;
    kill(other, SIGKILL);
    _exit(error);
}

static bool can_trace(void) {
    int state;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        try_it();
    if (child < 0)
        return true;
    while (waitpid(child, &state, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

static const char *restriction(long scope) {
    if (scope == 1)
        return "processes may look only into those that they have started "
               "(kernel.yama.ptrace_scope is 1): allow it with `sysctl kernel.yama.ptrace_scope=0`";
    if (scope == 2)
        return "only root may look into processes (kernel.yama.ptrace_scope is 2): be root, or "
               "allow it with `sysctl kernel.yama.ptrace_scope=0`";
    return "no process may look into another until the next start of the system "
           "(kernel.yama.ptrace_scope is 3): set it to 0 in /etc/sysctl.d and start it again";
}

/* The limits that Yama sets come behind those of a container. */
static const char *trouble(long least_scope) {
    long scope = number_in("/proc/sys/kernel/yama/ptrace_scope", "");
    if (scope >= least_scope)
        return restriction(scope);
    if (number_in("/proc/self/status", "Seccomp:"))
        return "ptrace is forbidden here (seccomp): for docker and podman allow it with "
               "--cap-add=SYS_PTRACE or --security-opt seccomp=unconfined";
    return "ptrace is forbidden here: in a container allow it with --cap-add=SYS_PTRACE (docker, "
           "podman), else run it as the process's own user";
}

const char *debug_trouble(void) {
    return can_trace() ? NULL : trouble(2);
}

const char *debug_refusal(void) {
    return trouble(1);
}
