/* thimble/debug.h: stopping in a debugger. */
#ifndef THIMBLE_DEBUG_H
#define THIMBLE_DEBUG_H

#pragma GCC system_header

#include <thimble/base.h>

/* breakpoint(); stops here in gdb or lldb: in the one that this process runs under, or, where
 * standard input is a terminal, in one that is opened for it, on this very line. Everywhere else
 * it does nothing, but says so once. A test that runs with its output captured stops too, if the
 * run was started on a terminal. The variable THIMBLE_BREAKPOINT names the debugger (gdb, lldb,
 * lldb-19, a path); with 0 breakpoint() does nothing and says nothing.
 * Follows Python's breakpoint and PYTHONBREAKPOINT. */
#define thimble_breakpoint() THIMBLE_STOP_()

/* Opens a debugger where there is none. Whether there is one now, which gets a trap. */
THIMBLE_API int thimble_breakpoint_opens(void);

/* The trap stands in the user's own function, so that the debugger stops there, not in ours. */
#if defined(__x86_64__) || defined(__i386__)
#define THIMBLE_TRAP_() __asm__ volatile("int3\n\tnop")
#else
THIMBLE_API void thimble_trap(void);
#define THIMBLE_TRAP_() thimble_trap()
#endif

#define THIMBLE_STOP_()                                             \
    (__extension__({                                                \
        if (thimble_breakpoint_opens && thimble_breakpoint_opens()) \
            THIMBLE_TRAP_();                                        \
    }))

#ifndef THIMBLE_PREFIXED_ONLY
#define breakpoint() THIMBLE_STOP_()
#endif

#endif
