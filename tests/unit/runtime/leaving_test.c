/* How user code is left, and what is undone then. */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <thimble/check.h>
#include <unistd.h>

#include "../../../runtime/base/pool.h"
#include "../../../runtime/check/check.h"
#include "../../../runtime/check/running.h"
#include "../../../runtime/runner/faults.h"
#include "check.h"

static char memory[SLATE_SIZE];
static struct slate *const slate = (struct slate *)memory;

/* ---- Ways out ---- */

static void returns(void *data) {
    (void)data;
}

static void fails(void *data) {
    _thimble_fail("t.c", *(int *)data, "why");
}

static void skips(void *data) {
    (void)data;
    thimble_skip_at("t.c", 1, "no time");
}

static void expects_failure(void *data) {
    (void)data;
    thimble_xfail_at("t.c", 1, "known");
}

static void exits(void *data) {
    exit(*(int *)data);
}

static void quickly_exits(void *data) {
    quick_exit(*(int *)data);
}

static void gets_signal(void *data) {
    raise(*(int *)data);
}

static int volatile *volatile nowhere;

static void faults(void *data) {
    (void)data;
    *nowhere = 1;
}

static int descend(int depth) {
    volatile char frame[1000];
    frame[0] = (char)depth;
    return depth < 0 ? frame[0] : descend(depth + 1) + frame[0];
}

static void overflows(void *data) {
    *(int *)data = descend(0);
}

static void nests(void *data) {
    struct left left = _thimble_guarded(fails, data, true);
    if (left.by == LEFT_FAILED)
        exit(6);
}

static void checks_left(void (*call)(void *), int number, bool catches, int by, int status) {
    struct left left = _thimble_guarded(call, &number, catches);
    CHECK((int)left.by == by);
    CHECK(left.status == status);
}

static void check_ways_out(void) {
    _thimble_slate_clear(slate);
    _thimble_watch_faults(slate);
    _thimble_test_begins(slate);
    for (int i = 0; i < 3; i++) {
        checks_left(returns, 0, i % 2, LEFT_RETURNED, 0);
        checks_left(fails, 7, i % 2, LEFT_FAILED, 0);
        checks_left(skips, 0, i % 2, LEFT_SKIPPED, 0);
        checks_left(expects_failure, 0, i % 2, LEFT_XFAILED, 0);
        checks_left(exits, 3, true, LEFT_EXITED, 3);
        checks_left(quickly_exits, 4, true, LEFT_EXITED, 4);
        checks_left(gets_signal, SIGABRT, true, LEFT_BY_SIGNAL, SIGABRT);
        checks_left(gets_signal, SIGTRAP, true, LEFT_BY_SIGNAL, SIGTRAP);
        checks_left(faults, 0, true, LEFT_BY_SIGNAL, SIGSEGV);
        CHECK(slate->fault.signal == SIGSEGV && slate->fault.address == 0);
        checks_left(overflows, 0, true, LEFT_BY_SIGNAL, SIGSEGV);
        checks_left(nests, 5, true, LEFT_EXITED, 6);
    }
    CHECK(atomic_load(&slate->skipped) && atomic_load(&slate->xfailed));
    CHECK(strncmp(slate->text, "t.c:7: why\n", 11) == 0);
    CHECK_CONTAINS(slate->text, "\nno time\nknown\n");
    _thimble_test_is_over();
}

static sigjmp_buf away;

static void jump_away(int signal) {
    siglongjmp(away, signal);
}

static void handles_a_fault(void *data) {
    if (sigsetjmp(away, 1) == 0)
        faults(data);
    *(int *)data = 1;
}

/* What a test's set-up does to a signal is the test's; what a test does is over with it. */
static void check_handlers_of_a_test(void) {
    int handled = 0;
    _thimble_slate_clear(slate);
    _thimble_test_begins(slate);
    checks_left(returns, 0, true, LEFT_RETURNED, 0);
    signal(SIGSEGV, jump_away);
    CHECK(_thimble_guarded(handles_a_fault, &handled, true).by == LEFT_RETURNED);
    CHECK(handled == 1);
    _thimble_test_is_over();
    _thimble_test_begins(slate);
    checks_left(faults, 0, true, LEFT_BY_SIGNAL, SIGSEGV);
    _thimble_test_is_over();
}

static void check_not_caught(void) {
    int status;
    _thimble_slate_clear(slate);
    _thimble_test_begins(slate);
    pid_t child = fork();
    if (child == 0) {
        _thimble_guarded(exits, &(int){5}, false);
        _exit(1);
    }
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 5);
    _thimble_test_is_over();
}

/* ---- Scopes ---- */

static char order[32];

static void note(void *name) {
    strcat(order, name);
}

static void check_order(void) {
    struct scope module, test;
    order[0] = '\0';
    _thimble_scope_begins(&module);
    unsigned outer = _thimble_scope();
    _thimble_at_test_end(note, "a");
    _thimble_at_test_end(note, "b");
    for (int i = 0; i < 2; i++) {
        _thimble_scope_begins(&test);
        CHECK(_thimble_scope() != outer);
        _thimble_at_test_end(note, "1");
        _thimble_at_test_end(note, "2");
        _thimble_scope_ends(&test);
        CHECK(_thimble_scope() == outer);
    }
    CHECK_TEXT(order, "2121");
    _thimble_at_test_end(note, "c");
    _thimble_scope_ends(&module);
    CHECK_TEXT(order, "2121cba");
}

static void check_memory(void) {
    struct scope module, test;
    _thimble_scope_begins(&module);
    char *held = _thimble_test_alloc(100), *first = NULL;
    memset(held, 'h', 100);
    for (int i = 0; i < 100; i++) {
        _thimble_scope_begins(&test);
        char *mine = _thimble_test_alloc(100);
        memset(mine, 'm', 100);
        memset(_thimble_test_alloc(100000), 'x', 100000);
        first = first ? first : mine;
        CHECK(mine == first && mine != held);
        _thimble_scope_ends(&test);
        CHECK(held[0] == 'h' && held[99] == 'h');
    }
    CHECK(_thimble_test_alloc(100) == first);
    _thimble_scope_ends(&module);
    _thimble_scope_begins(&module);
    CHECK(_thimble_test_alloc(100) == held);
    _thimble_scope_ends(&module);
}

/* ---- Pools ---- */

static struct pool pool = {.size = sizeof(pthread_t) + 4};

static void *takes_and_gives(void *unused) {
    bool mine = true;
    for (int i = 0; i < 20000; i++) {
        pthread_t *pieces[3], self = pthread_self();
        for (int j = 0; j < 3; j++) {
            pieces[j] = _thimble_pool_take(&pool);
            *pieces[j] = self;
        }
        for (int j = 0; j < 3; j++) {
            mine &= pthread_equal(*pieces[j], self) != 0;
            _thimble_pool_give(&pool, pieces[j]);
        }
    }
    return mine ? unused : &pool;
}

static void check_pool(void) {
    pthread_t threads[4];
    void *result;
    void *one = _thimble_pool_take(&pool), *two = _thimble_pool_take(&pool);
    CHECK(one != two);
    _thimble_pool_give(&pool, one);
    CHECK(_thimble_pool_take(&pool) == one);
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, takes_and_gives, NULL);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], &result);
        CHECK(!result);
    }
}

void check_leaving(void) {
    check_ways_out();
    check_handlers_of_a_test();
    check_not_caught();
    check_order();
    check_memory();
    check_pool();
}
