#include "strays.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process that is killed hands its children on to us, so this takes as many
 * rounds as their tree is deep. */
#define MOST_ROUNDS 10000

void _thimble_adopt_orphans(bool adopt) {
    prctl(PR_SET_CHILD_SUBREAPER, adopt, 0, 0, 0);
}

bool _thimble_has_children(void) {
    siginfo_t ignored;
    return waitid(P_ALL, 0, &ignored, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

static bool is_kept(pid_t process, const pid_t *keep, size_t keep_count) {
    for (size_t i = 0; i < keep_count; i++) {
        if (keep[i] == process)
            return true;
    }
    return false;
}

static void end_stray(pid_t process) {
    int status;
    if (waitpid(process, &status, WNOHANG) != 0)
        return;
    kill(process, SIGKILL);
    waitpid(process, &status, 0);
}

size_t _thimble_list_children(pid_t *list, size_t capacity) {
    char numbers[4096];
    int file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    ssize_t length = read(file, numbers, sizeof(numbers) - 1);
    close(file);
    /* A number that was cut off would be another process. */
    while (length > 0 && numbers[length - 1] != ' ')
        length--;
    numbers[length > 0 ? length : 0] = '\0';
    size_t count = 0;
    for (char *at = numbers, *end; count < capacity; at = end) {
        pid_t process = (pid_t)strtol(at, &end, 10);
        if (end == at)
            break;
        list[count++] = process;
    }
    return count;
}

/* Returns how many there were to end; what was not listed comes in the next round. */
static size_t end_listed(const pid_t *keep, size_t keep_count) {
    pid_t list[512];
    size_t listed = _thimble_list_children(list, sizeof(list) / sizeof(list[0]));
    size_t count = 0;
    for (size_t i = 0; i < listed; i++) {
        if (is_kept(list[i], keep, keep_count))
            continue;
        end_stray(list[i]);
        count++;
    }
    return count;
}

size_t _thimble_end_strays(pid_t group, const pid_t *keep, size_t keep_count) {
    if (!_thimble_has_children())
        return 0;
    size_t total = 0;
    /* Once they are counted the group goes at one stroke, or a process that forks
     * all the time would never be caught. */
    for (int round = 0; round < MOST_ROUNDS; round++) {
        size_t count = end_listed(keep, keep_count);
        if (group > 1)
            kill(-group, SIGKILL);
        if (count == 0)
            break;
        total += count;
    }
    /* Without /proc nobody can be named, but that there was somebody is known. */
    return total == 0 && keep_count == 0 ? 1 : total;
}
