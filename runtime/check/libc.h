/* libc.h: what units call in place of libc's functions. */
#ifndef CHECK_LIBC_H
#define CHECK_LIBC_H

/* What the function of a failed assert is told; the C libraries agree on it. */
void _thimble_assert_failed(const char *expression, const char *file, unsigned line,
                            const char *function) __attribute__((noreturn));
void _thimble_assert_perror_failed(int error, const char *file, unsigned line, const char *function)
    __attribute__((noreturn));

#endif
