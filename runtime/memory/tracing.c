/* What <thimble/memory.h> declares to begin and end tracing. */
#include <thimble/memory.h>

#include "tracing.h"

#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

#include "../base/text.h"
#include "../tracker/interpose.h"
#include "../tracker/tracker.h"

static _Atomic bool tracing;
static _Atomic uint32_t since;
/* Recording was begun here, and so ends here. */
static bool began;
/* What was kept without it: --frames N. */
static unsigned frames_before;

void _thimble_complain(const char *format, ...) {
    char buffer[4608];
    int saved = errno;
    struct text text = _thimble_text(buffer, sizeof(buffer));
    va_list arguments;
    va_start(arguments, format);
    _thimble_puts(&text, "thimble: ");
    _thimble_vprintf(&text, format, arguments);
    va_end(arguments);
    _thimble_puts(&text, "\n");
    _thimble_write(STDERR_FILENO, text.data, text.length);
    errno = saved;
}

bool _thimble_traced_since(uint32_t *number) {
    *number = atomic_load(&since);
    return atomic_load(&tracing);
}

void _thimble_trace_since(uint32_t number) {
    atomic_store(&since, number);
    atomic_store(&tracing, true);
}

THIMBLE_API int thimble_tracker_start(unsigned frames) {
    if (frames < 1 || frames > MOST_FRAMES_KEPT) {
        _thimble_complain("tracker_start(%u): the number of frames is from 1 to %d", frames,
                          MOST_FRAMES_KEPT);
        errno = EINVAL;
        return 0;
    }
    unsigned kept = _thimble_frames_kept();
    if (frames > kept)
        _thimble_keep_frames(frames);
    if (atomic_load(&tracing))
        return 1;
    frames_before = kept;
    began = !_thimble_tracker_is_on();
    if (began)
        _thimble_tracker_start();
    thimble_tracker_clear_traces();
    atomic_store(&tracing, true);
    return 1;
}

THIMBLE_API void thimble_tracker_stop(void) {
    if (!atomic_exchange(&tracing, false))
        return;
    if (!_thimble_memory_asked())
        _thimble_count_stop();
    if (frames_before && frames_before != _thimble_frames_kept())
        _thimble_keep_frames(frames_before);
    if (began)
        _thimble_tracker_stop();
    began = false;
}

THIMBLE_API int thimble_tracker_is_tracing(void) {
    return atomic_load(&tracing);
}

THIMBLE_API void thimble_tracker_clear_traces(void) {
    _thimble_count_stop();
    atomic_store(&since, _thimble_tracker_now());
    _thimble_count_start();
}

THIMBLE_API unsigned thimble_tracker_frames(void) {
    return _thimble_frames_kept();
}

THIMBLE_API void thimble_tracker_traced(size_t *current, size_t *peak) {
    size_t now = 0, most = 0;
    if (atomic_load(&tracing))
        _thimble_count_traced(&now, &most);
    if (current)
        *current = now;
    if (peak)
        *peak = most;
}

THIMBLE_API void thimble_tracker_reset_peak(void) {
    if (atomic_load(&tracing))
        _thimble_count_reset_peak();
}

THIMBLE_API size_t thimble_tracker_overhead(void) {
    return _thimble_tracker_overhead();
}
