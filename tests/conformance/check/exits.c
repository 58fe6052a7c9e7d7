#define _GNU_SOURCE
#include <thimble.h>
#include <err.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int wished = 42;

static int answer(void) {
    return wished;
}

static int one(void) {
    return 1;
}

static int two(void) {
    return 2;
}

static void leave(int status) {
    exit(status);
}

void test_exit(void) {
    volatile int steps = 0;
    assert_exits(3) {
        steps++;
        exit(3);
        steps++;
    }
    assert(steps == 1);
}

void test_each_kind_of_exit(void) {
    assert_exits(4) quick_exit(4);
    assert_exits(5) _exit(5);
    assert_exits(6) _Exit(6);
    assert_exits(7) errx(7, "out of %s", "hay");
    assert_exits(EXIT_FAILURE) exit(EXIT_FAILURE);
    assert_exits(0) exit(0);
}

void test_the_lowest_eight_bits_count(void) {
    assert_exits(-1) exit(255);
    assert_exits(3) exit(259);
    assert_exits(259) _exit(3);
}

static int deep(int depth, volatile char *frame) {
    volatile char own[100];
    own[0] = frame[0];
    if (depth == 0)
        leave(frame[0] + 9);
    return depth < 0 ? 0 : deep(depth - 1, own) + own[0];
}

void test_from_deep_within(void) {
    volatile char frame[1] = {0};
    assert_exits(9) deep(50, frame);
}

static int compare(const void *a, const void *b) {
    if (*(const int *)a == 3 || *(const int *)b == 3)
        exit(2);
    return *(const int *)a - *(const int *)b;
}

void test_from_a_callback_of_libc(void) {
    int numbers[] = {5, 1, 4, 3, 2};
    assert_exits(2) qsort(numbers, 5, sizeof(int), compare);
}

void test_many_times(void) {
    volatile int rounds = 0;
    for (volatile int i = 0; i < 1000; i++) {
        assert_exits(i) {
            rounds++;
            if (i % 3 == 0)
                quick_exit(i);
            if (i % 3 == 1)
                _exit(i);
            exit(i);
        }
    }
    assert(rounds == 1000);
}

/* ---- Nested ---- */

void test_nested(void) {
    volatile int inner = 0, outer = 0;
    assert_exits(1) {
        assert_exits(2) {
            inner = 1;
            exit(2);
        }
        outer = 1;
        assert_exits(3) {
            inner = 2;
            leave(3);
        }
        outer = 2;
        exit(1);
    }
    assert(inner == 2 && outer == 2);
}

void test_patches_within_are_undone(void) {
    volatile int got = 0;
    assert_exits(3) {
        with_patch(answer, one) {
            with_patch(answer, two) {
                got = answer();
                exit(3);
            }
        }
    }
    assert(got == 2);
    assert(answer() == 42);
}

void test_within_a_patch(void) {
    with_patch(answer, one) {
        assert_exits(1) exit(answer());
        assert(answer() == 1);
    }
    assert(answer() == 42);
}

static int returns_behind_one(void) {
    assert_exits(1) exit(1);
    return 5;
}

static void exits_in_two_functions(void) {
    assert_exits(1) exit(1);
    exit(8);
}

void test_in_functions_that_are_called(void) {
    assert(returns_behind_one() == 5);
    assert_exits(8) exits_in_two_functions();
}

/* ---- What goes on ---- */

static char order[16];

static void first(void) {
    strcat(order, "1");
}

static void second(void) {
    strcat(order, "2");
}

/* Those of before stay, those of the block have run. */
void test_atexit(void) {
    atexit(first);
    assert_exits(3) {
        atexit(second);
        exit(3);
    }
    assert_equal(order, "2");
    assert_exits(4) exit(4);
    assert_equal(order, "2");
    if (fork() == 0) {
        strcpy(order, "");
        atexit(second);
        on_exit((void (*)(int, void *))(void (*)(void))first, NULL);
        exit(0);
    }
    int status;
    wait(&status);
    assert(status == 0);
}

void test_streams_go_on(void) {
    char path[] = "/tmp/thimble-exits-XXXXXX";
    int fd = mkstemp(path);
    FILE *volatile file = fdopen(fd, "w+");
    fputs("one ", file);
    assert_exits(1) {
        fputs("two ", file);
        exit(1);
    }
    assert_exits(1) {
        fputs("three", file);
        _exit(1);
    }
    fflush(file);
    char text[64] = "";
    assert(pread(fd, text, sizeof text - 1, 0) == 13);
    assert_equal(text, "one two three");
    fclose(file);
    unlink(path);
}

void test_the_mask_is_put_back(void) {
    sigset_t set, now;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    assert_exits(1) {
        sigprocmask(SIG_BLOCK, &set, NULL);
        exit(1);
    }
    sigprocmask(SIG_BLOCK, NULL, &now);
    assert(!sigismember(&now, SIGUSR1));
}

void test_what_it_allocated_is_no_leak(void) {
    assert_exits(1) {
        char *volatile lost = malloc(100);
        memset(lost, 0, 100);
        exit(1);
    }
    for (int i = 0; i < 2000; i++)
        assert_exits(1) {
            char *volatile lost = malloc(10);
            *lost = 1;
            exit(1);
        }
}

void test_a_jump_of_the_code_itself(void) {
    jmp_buf back;
    volatile int rounds = 0;
    assert_exits(3) {
        if (!setjmp(back)) {
            rounds++;
            longjmp(back, 1);
        }
        rounds++;
        exit(3);
    }
    assert(rounds == 2);
}

static jmp_buf out;

static void jumps_out(void) {
    volatile char frame[256];
    frame[0] = 0;
    assert_exits(3) longjmp(out, 1 + frame[0]);
}

/* Other calls come to stand where it was. */
static void use_the_stack(void) {
    volatile char frame[2048];
    for (size_t i = 0; i < sizeof frame; i++)
        frame[i] = 1;
}

/* Its frame is gone, and once it has been used for another it catches nothing. */
void test_a_block_that_the_code_jumped_out_of(void) {
    volatile int steps = 0;
    assert_exits(7) {
        if (!setjmp(out))
            jumps_out();
        steps++;
        use_the_stack();
        leave(7);
    }
    assert(steps == 1);
    if (!setjmp(out))
        jumps_out();
    assert_exits(9) deep(20, (volatile char[1]){0});
}

/* ---- Mocks win ---- */

static volatile int mocked_status;
static jmp_buf away;

static void leaves_otherwise(int status) {
    mocked_status = status;
    longjmp(away, 1);
}

void test_a_replaced_exit(void) {
    volatile int steps = 0;
    patch(_exit, leaves_otherwise);
    assert_exits(4) {
        if (!setjmp(away))
            _exit(3);
        steps++;
        exit(4);
    }
    assert(mocked_status == 3);
    assert(steps == 1);
}

/* ---- Threads and processes ---- */

static void *exits_within(void *unused) {
    volatile int steps = 0;
    for (int i = 0; i < 100; i++)
        assert_exits(i) {
            steps++;
            if (i % 2)
                _exit(i);
            exit(i);
        }
    return unused ? unused : (void *)(uintptr_t)steps;
}

void test_in_threads(void) {
    pthread_t threads[4];
    void *result;
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, exits_within, NULL);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], &result);
        assert((uintptr_t)result == 100);
    }
}

/* The parent's block is not the child's. */
void test_in_a_forked_process(void) {
    int status = 0;
    volatile int in_child = 0;
    assert_exits(2) {
        pid_t child = fork();
        if (child == 0)
            exit(5);
        waitpid(child, &status, 0);
        in_child = WEXITSTATUS(status);
        child = fork();
        if (child == 0)
            _exit(6);
        waitpid(child, &status, 0);
        in_child += WEXITSTATUS(status);
        exit(2);
    }
    assert(in_child == 11);
}

void test_a_block_in_a_forked_process(void) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        assert_exits(5) exit(5);
        _exit(7);
    }
    waitpid(child, &status, 0);
    assert(WEXITSTATUS(status) == 7);
}
