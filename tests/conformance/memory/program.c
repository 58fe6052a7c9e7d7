// not-modes: sanitize pedantic
// link: program
// shell: $BUILD/tests plain && THIMBLE_MEMORY=m.txt $BUILD/tests exit; echo $?; cat m.txt
// shell: THIMBLE_MEMORY=m.json $BUILD/tests main && sed 's/"program.*overhead": [0-9]*/.../' m.json
// shell: for how in quick _exit cd; do THIMBLE_MEMORY=$how.txt $BUILD/tests $how; echo $?; head -n 2 $how.txt; done
// shell: THIMBLE_MEMORY=u.txt $BUILD/tests usr2; ls u*; head -n 2 u.1.txt; tail -n 1 u.2.txt
// shell: THIMBLE_MEMORY=own.txt $BUILD/tests own; ls own*
// shell: THIMBLE_MEMORY=raw $BUILD/tests write && THIMBLE_MEMORY=raw $BUILD/tests read raw
// shell: for how in segv abort kill deep; do (THIMBLE_MEMORY=$how.txt $BUILD/tests $how) 2>&- ; ls $how*; $BUILD/tests read $how.txt.dump; done
// shell: THIMBLE_MEMORY=f.txt $BUILD/tests fork; THIMBLE_MEMORY=%p.txt $BUILD/tests fork; ls f.* [0-9]* | sed 's/[0-9][0-9]*/PID/' | sort
// shell: THIMBLE_MEMORY=nowhere/x $BUILD/tests main; echo $?; THIMBLE_MEMORY=. $BUILD/tests main; THIMBLE_FRAMES=many THIMBLE_MEMORY=m $BUILD/tests main
// shell: if test -c /dev/full; then THIMBLE_MEMORY=/dev/full $BUILD/tests main; fi; echo $?; ls | grep -c new
/* THIMBLE_MEMORY=FILE for any program. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <thimble.h>
#include <unistd.h>

struct animal {
    int legs;
    char *name;
};

static struct animal *zoo[100];

static void open_zoo(void) {
    for (int i = 0; i < 100; i++) {
        zoo[i] = malloc(sizeof(struct animal));
        zoo[i]->name = strdup("Spot");
    }
    for (int i = 0; i < 10; i++) {
        free(zoo[i]->name);
        free(zoo[i]);
    }
}

static int deeper(volatile char *outer) {
    volatile char room[4096];
    room[0] = *outer;
    return *outer == 1 ? 0 : deeper(room) + room[0];
}

static void handle(int signal) {
    (void)signal;
    if (write(1, "handled\n", 8) != 8)
        _exit(1);
}

static void read_back(const char *path) {
    struct thimble_snapshot *snapshot = tracker_load(path);
    const struct thimble_statistic *types = tracker_statistics(
        tracker_filter(snapshot, {.file = "<unknown>", .exclude = 1}), BY_TYPE);
    for (; types && types->file; types++)
        printf("%s\n", tracker_text(types));
}

static void fork_one(void) {
    if (fork() == 0) {
        free(malloc(1000));
        exit(0);
    }
    wait(NULL);
}

int main(int argc, char **argv) {
    const char *how = argc > 1 ? argv[1] : "main";
    volatile char zero = 0;
    setvbuf(stdout, NULL, _IONBF, 0);
    if (strcmp(how, "read") == 0) {
        read_back(argv[2]);
        return 0;
    }
    open_zoo();
    if (strcmp(how, "exit") == 0)
        exit(3);
    if (strcmp(how, "quick") == 0)
        quick_exit(4);
    if (strcmp(how, "_exit") == 0)
        _exit(5);
    if (strcmp(how, "cd") == 0 && chdir("/") != 0)
        return 6;
    if (strcmp(how, "own") == 0)
        signal(SIGUSR2, handle);
    if (strcmp(how, "usr2") == 0 || strcmp(how, "own") == 0) {
        raise(SIGUSR2);
        free(zoo[50]->name);
        raise(SIGUSR2);
    }
    if (strcmp(how, "segv") == 0)
        *(volatile char *)(size_t)zero = 1;
    if (strcmp(how, "abort") == 0)
        abort();
    if (strcmp(how, "kill") == 0)
        kill(getpid(), SIGBUS);
    if (strcmp(how, "deep") == 0)
        deeper(&zero);
    if (strcmp(how, "fork") == 0)
        fork_one();
    return 0;
}
