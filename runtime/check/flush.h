/* flush.h: stdio's buffers, on their way out of a test's process. */
#ifndef CHECK_FLUSH_H
#define CHECK_FLUSH_H

/* Writes out what stdio holds back. Never waits for a stream that another thread
 * of the test is blocked in. */
void _thimble_flush(void);

#endif
