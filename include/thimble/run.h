/* thimble/run.h: what a test gets by naming a parameter, and the runner itself.
 *
 *     void test_saves(const char *tmp_path, struct capture *capture)
 *
 * tmp_path is an empty directory of the test's own, removed when it passes.
 */
#ifndef THIMBLE_RUN_H
#define THIMBLE_RUN_H

#pragma GCC system_header

#include <thimble/base.h>

/* What the test wrote so far. */
struct thimble_capture;

/* What was written to standard output or standard error since the test began,
 * its stdio buffers flushed first. Lives until the test ends. */
THIMBLE_API const char *thimble_captured_stdout(struct thimble_capture *);
THIMBLE_API const char *thimble_captured_stderr(struct thimble_capture *);

/* Runs the program's tests as the command line says and returns the exit
 * status. After a run that a signal interrupted (status 2) SIGINT, SIGTERM and SIGHUP
 * stay blocked, as the program is about to end. A program's own `int thimble_main(int argc, char
 * **argv)` runs instead of it and may call it. */
THIMBLE_API int thimble_run(int argc, char **argv);
int thimble_main(int argc, char **argv);

/* The body of the `main` in a unit under test. */
int program_main(int argc, char **argv);

/* In front of a test, `static` or not, as many as there are reasons:
 *
 *     TAG("slow") TIMEOUT(120) void test_feeds_for_a_year(void)
 *
 * TAG is a word for -k; TIMEOUT is in seconds, any constant number, 0 for none; SKIP leaves
 * the test out and says why; XFAIL says why it is bound to fail, which is then no failure. */
#define thimble_TAG(text) THIMBLE_MARK_("TAG", text)
#define thimble_TIMEOUT(seconds) THIMBLE_MARK_("TIMEOUT", seconds)
#define thimble_SKIP(why) THIMBLE_MARK_("SKIP", why)
#define thimble_XFAIL(why) THIMBLE_MARK_("XFAIL", why)

/* GCC knows this attribute from the plugin. */
#if defined(__clang__) && __clang_major__ >= 14
#define THIMBLE_MARK_(kind, value) __attribute__((__annotate__("thimble." kind, value)))
#elif defined(__has_attribute) && !defined(__clang__)
#if __has_attribute(thimble_mark)
#define THIMBLE_MARK_(kind, value) __attribute__((thimble_mark(kind, (value))))
#endif
#endif
#ifndef THIMBLE_MARK_
#define THIMBLE_MARK_(kind, value)
#endif

#ifndef THIMBLE_PREFIXED_ONLY
#define capture thimble_capture
#define captured_stdout thimble_captured_stdout
#define captured_stderr thimble_captured_stderr
#define TAG thimble_TAG
#define TIMEOUT thimble_TIMEOUT
#define SKIP thimble_SKIP
#define XFAIL thimble_XFAIL
#endif

#endif
