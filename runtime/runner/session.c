/* For MAP_ANONYMOUS and MAP_NORESERVE. */
#define _GNU_SOURCE 1

#include "session.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../debug/stop.h"
#include "batches.h"
#include "fixtures.h"
#include "memory_file.h"
#include "temporary.h"

bool _thimble_keeps_output(const struct session *session, const struct test *test) {
    return !session->options->show_output || test->request.captures;
}

double _thimble_timeout(const struct session *session, const struct test *test) {
    if (session->options->no_limits)
        return 0;
    return test->timeout >= 0 ? test->timeout : session->options->timeout;
}

struct lane *_thimble_keepers_lane(const struct session *session) {
    return &session->lanes[session->lane_count];
}

static uint32_t processors(void) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0)
        return (uint32_t)CPU_COUNT(&allowed);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (uint32_t)online : 1;
}

/* A lane has two files open. */
static uint32_t most_lanes(void) {
    struct rlimit descriptors;
    if (getrlimit(RLIMIT_NOFILE, &descriptors) != 0 || descriptors.rlim_cur > 4096)
        return 2048;
    rlim_t own = (rlim_t)2 * FIRST_OWN_DESCRIPTOR;
    return descriptors.rlim_cur > own ? (uint32_t)(descriptors.rlim_cur - own) / 2 : 1;
}

static uint32_t choose_lane_count(const struct options *options, uint32_t batches) {
    uint32_t count = options->isolate == ISOLATE_NONE ? 1 : options->jobs;
    if (options->pdb || options->trace)
        count = 1;
    if (count == 0)
        count = options->show_output ? 1 : processors();
    if (count > most_lanes())
        count = most_lanes();
    return count < batches ? count : batches;
}

static void *map_shared(size_t size) {
    void *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

size_t _thimble_board_size(const struct session *session) {
    size_t deaths = _thimble_module_count() + _thimble_fixture_count();
    return sizeof(struct board) + (session->lane_count + 1) * sizeof(struct task) +
           deaths * sizeof(struct piece) +
           session->result_count * (sizeof(struct result) + sizeof(*session->order)) +
           (session->lane_count + 1) * WORDS_SIZE;
}

static bool make_board(struct session *session) {
    session->board = map_shared(_thimble_board_size(session));
    if (!session->board)
        return false;
    session->tasks = (struct task *)(session->board + 1);
    session->results = (struct result *)(session->tasks + session->lane_count + 1);
    session->deaths = (struct piece *)(session->results + session->result_count);
    size_t deaths = _thimble_module_count() + _thimble_fixture_count();
    session->order = (_Atomic uint32_t *)(session->deaths + deaths);
    return true;
}

static bool keeps_any_output(const struct session *session) {
    for (uint32_t i = 0; i < session->test_count; i++) {
        if (_thimble_keeps_output(session, session->tests[i]))
            return true;
    }
    return false;
}

static bool make_output(struct lane *lane) {
    for (int i = 0; i < 2; i++) {
        lane->output[i] = _thimble_memory_file();
        if (lane->output[i] < 0)
            return false;
        _thimble_empty_file(lane->output[i]);
    }
    return true;
}

static size_t slates_size(const struct session *session) {
    return (session->lane_count + 1) * SLATE_SIZE;
}

static void begin_task(struct task *task) {
    atomic_store(&task->test, NO_TEST);
    atomic_store(&task->maker, NOTHING);
}

/* The keeper's lane comes last. */
static bool make_lanes(struct session *session) {
    bool kept = keeps_any_output(session);
    char *slates = map_shared(slates_size(session));
    if (!slates)
        return false;
    uint32_t count = session->lane_count + 1;
    session->lanes = _thimble_alloc(&_thimble_arena, count * sizeof(*session->lanes));
    for (uint32_t i = 0; i < count; i++) {
        struct lane *lane = &session->lanes[i];
        lane->slate = (struct slate *)(slates + i * SLATE_SIZE);
        lane->task = &session->tasks[i];
        lane->words = (char *)(session->order + session->result_count) + i * WORDS_SIZE;
        begin_task(lane->task);
        lane->output[0] = lane->output[1] = -1;
        bool used = i < session->lane_count || session->session_teardown != NO_TEST;
        if (kept && used && !make_output(lane))
            return false;
    }
    return true;
}

static bool needs_temporary(const struct session *session) {
    for (uint32_t i = 0; i < session->test_count; i++) {
        if (session->tests[i]->request.tmp_path)
            return true;
    }
    return false;
}

bool _thimble_session_open(struct session *session, const struct options *options,
                           const struct selection *selection, struct text *error) {
    *session = (struct session){.options = options};
    _thimble_make_batches(session, selection);
    session->lane_count = choose_lane_count(options, session->batch_count);
    session->supervisor = session->keeper = getpid();
    session->spool = _thimble_memory_file();
    bool whole = session->spool >= 0 && make_board(session) && make_lanes(session);
    if (whole && options->memory)
        whole = (session->ledger = _thimble_ledger_open(session->test_count));
    if (!whole) {
        _thimble_printf(error, "no memory for the run's results: %s", strerror(errno));
        return false;
    }
    if (needs_temporary(session) && !(session->temporary = _thimble_new_temporary())) {
        _thimble_printf(error, "no folder for tmp_path: %s (TMPDIR says where it is made)",
                        strerror(errno));
        return false;
    }
    return true;
}

void _thimble_session_close(struct session *session) {
    _thimble_await_opener();
    _thimble_stopping.desk = NULL; /* it lies in a slate */
    munmap(session->board, _thimble_board_size(session));
    munmap(session->lanes[0].slate, slates_size(session));
    for (uint32_t i = 0; i <= session->lane_count; i++) {
        close(session->lanes[i].output[0]);
        close(session->lanes[i].output[1]);
    }
    close(session->spool);
    /* Stays where it holds the folder of a test that failed. */
    if (session->temporary)
        rmdir(session->temporary);
}
