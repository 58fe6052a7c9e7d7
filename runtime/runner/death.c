#include "death.h"

#include <string.h>
#include <sys/wait.h>

#include "conclude.h"
#include "faults.h"
#include "making.h"
#include "temporary.h"

/* A set-up goes by two names. */
const char *_thimble_maker_name(const struct session *session, const struct lane *lane) {
    const struct task *task = lane->task;
    uint32_t maker = atomic_load(&task->maker);
    uint32_t modules = _thimble_module_count();
    if (maker >= modules)
        return _thimble_fixture(maker - modules)->function;
    const struct call *call = &session->batches[task->batch].module->setup_module;
    return _thimble_string(call->unit, call->function->name);
}

void _thimble_describe_death(struct text *text, const struct session *session,
                             const struct lane *lane, const struct death *death) {
    const struct slate *slate = lane->slate;
    if (death->late)
        _thimble_printf(text, "timed out after %g s", session->options->timeout);
    else if (death->stopped)
        _thimble_puts(text, "stopped itself, and nothing continued it");
    else if (atomic_load(&slate->sanitizer))
        _thimble_puts(text, "ended by a sanitizer: its report is in the standard error");
    else if (WIFSIGNALED(death->status))
        _thimble_describe_signal(text, WTERMSIG(death->status),
                                 _thimble_fault_of(slate, WTERMSIG(death->status)));
    else
        _thimble_printf(text, "called exit(%d)", WEXITSTATUS(death->status));
}

static void remember(struct session *session, struct lane *lane, const struct death *death) {
    struct task *task = lane->task;
    uint32_t maker = atomic_load(&task->maker);
    struct text text = _thimble_growing_text();
    _thimble_put(&text, lane->slate->text, strnlen(lane->slate->text, SLATE_TEXT_SIZE));
    if (text.length > 0)
        _thimble_puts(&text, "\n");
    _thimble_describe_death(&text, session, lane, death);
    _thimble_printf(&text, "\n  in %s, which its tests need", _thimble_maker_name(session, lane));
    if (!death->with_keeper)
        session->deaths[maker] = _thimble_spool(session, text.data, text.length);
    atomic_store(&task->maker, NOTHING);
    if (task->next > session->batches[task->batch].first)
        task->next--;
}

void _thimble_conclude_death(struct session *session, struct lane *lane,
                             const struct death *death) {
    struct task *task = lane->task;
    task->deadline = 0;
    if (atomic_load(&task->maker) != NOTHING) {
        remember(session, lane, death);
        return;
    }
    struct ending ending = {.kind = ENDED_WITH_WORKER, .status = death->status};
    bool own = atomic_load(&task->inside) || atomic_load(&task->test) >= session->test_count;
    if (own && !death->with_keeper)
        ending.kind = death->late      ? ENDED_BY_TIMEOUT
                      : death->stopped ? ENDED_STOPPED
                                       : ENDED_BY_ITSELF;
    /* The test was the worker. */
    if (own)
        atomic_store(&task->process, lane->slate->fault.process);
    atomic_store(&task->inside, false);
    _thimble_conclude(session, lane, &ending, 0);
}
