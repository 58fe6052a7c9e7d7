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
#include "fixtures.h"
#include "memory_file.h"
#include "temporary.h"

bool _thimble_keeps_output(const struct session *session, const struct test *test) {
    return !session->options->show_output || _thimble_uses(test, PROVIDER_CAPTURE);
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

static uint32_t choose_lane_count(const struct options *options, uint32_t tests) {
    uint32_t count = options->jobs;
    if (count == 0)
        count = options->show_output ? 1 : processors();
    if (count > most_lanes())
        count = most_lanes();
    return count < tests ? count : tests;
}

static void *map_shared(size_t size) {
    void *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

size_t _thimble_board_size(const struct session *session) {
    return sizeof(struct board) + session->lane_count * sizeof(struct task) +
           session->test_count * (sizeof(struct result) + sizeof(*session->order));
}

static bool make_board(struct session *session) {
    session->board = map_shared(_thimble_board_size(session));
    if (!session->board)
        return false;
    session->tasks = (struct task *)(session->board + 1);
    session->results = (struct result *)(session->tasks + session->lane_count);
    session->order = (_Atomic uint32_t *)(session->results + session->test_count);
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

static bool make_lanes(struct session *session) {
    bool kept = keeps_any_output(session);
    char *slates = map_shared(session->lane_count * SLATE_SIZE);
    if (!slates)
        return false;
    session->lanes = _thimble_alloc(&_thimble_arena, session->lane_count * sizeof(*session->lanes));
    for (uint32_t i = 0; i < session->lane_count; i++) {
        struct lane *lane = &session->lanes[i];
        lane->slate = (struct slate *)(slates + i * SLATE_SIZE);
        lane->task = &session->tasks[i];
        atomic_store(&lane->task->test, NO_TEST);
        lane->output[0] = lane->output[1] = -1;
        if (kept && !make_output(lane))
            return false;
    }
    return true;
}

static bool needs_temporary(const struct session *session) {
    for (uint32_t i = 0; i < session->test_count; i++) {
        if (_thimble_uses(session->tests[i], PROVIDER_TMP_PATH))
            return true;
    }
    return false;
}

bool _thimble_session_open(struct session *session, const struct options *options,
                           const struct selection *selection, struct text *error) {
    *session = (struct session){.options = options, .tests = selection->list};
    session->test_count = selection->count;
    session->lane_count = choose_lane_count(options, selection->count);
    session->supervisor = getpid();
    session->spool = _thimble_memory_file();
    if (session->spool < 0 || !make_board(session) || !make_lanes(session)) {
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
    munmap(session->board, _thimble_board_size(session));
    munmap(session->lanes[0].slate, session->lane_count * SLATE_SIZE);
    for (uint32_t i = 0; i < session->lane_count; i++) {
        close(session->lanes[i].output[0]);
        close(session->lanes[i].output[1]);
    }
    close(session->spool);
    /* Stays where it holds the folder of a test that failed. */
    if (session->temporary)
        rmdir(session->temporary);
}
