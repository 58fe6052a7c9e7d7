/* door.h: where a debugger's commands get their answers: in the process itself.
 *
 * The debugger finds the symbol `thimble_debug_door`, writes a question into `question`, and
 * calls `answer` in the stopped process, the thread's stack pointer set to `stack`: that thread
 * may have no stack left, and it alone runs meanwhile. The answer stays until the next question.
 * Nothing on the way takes libc's locks or its heap, and where a lock of ours is held by a
 * thread that is stopped, the answer says so.
 * A fault on the way, or an answer that takes longer than five seconds, arrives as SIGSEGV,
 * SIGBUS, SIGILL, SIGFPE or SIGABRT: the debugger passes these on without a stop, and gets an
 * answer that is an error.
 *
 * A question is a word and its arguments with tabs between:
 *
 *     mocks
 *     calls FUNCTION
 *     seams [GLOB]
 *     patch FUNCTION ADDRESS NAME      ADDRESS 0: as it was
 *     objects [TYPE]
 *     where ADDRESS
 *     snapshot [FILE]
 *     repr ADDRESS SIZE                the object there is of type number 0 of the blob in `room`
 *     test
 *
 * Addresses are hexadecimal, with 0x. An answer is lines for people, without the last one's
 * end; one that is an error begins with "error: ".
 */
#ifndef DEBUG_DOOR_H
#define DEBUG_DOOR_H

#include <stddef.h>
#include <stdint.h>

#define DOOR_MAGIC 0x526f6f44u /* "DooR", read as little-endian */
#define DOOR_VERSION 1

/* In 64-bit words all, so that a debugger without our types reads it. */
struct thimble_debug_door {
    uint64_t magic, version;
    uint64_t text_start, text_end; /* the runtime's own code; 0: it is all of the shared library */
    uint64_t question, question_size;
    uint64_t answer; /* const char *(*)(void) */
    uint64_t stack;  /* its upper end, aligned for a call */
    /* For what the debugger brings: a blob of types (thimble/abi.h: STRINGS, TYPES, MEMBERS,
     * ENUMERATORS) at its start, and values that lie nowhere in memory behind it. */
    uint64_t room, room_size;
};

#endif
