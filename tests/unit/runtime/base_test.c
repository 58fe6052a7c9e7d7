#define _GNU_SOURCE 1

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../../runtime/base/arena.h"
#include "../../../runtime/base/peek.h"
#include "../../../runtime/base/text.h"
#include "check.h"

/* ---- Arena ---- */

static bool is_zero(const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (bytes[i])
            return false;
    }
    return true;
}

/* Writes its own number all over each block and looks whether it is still there. */
static void *fill_blocks(void *number) {
    enum { BLOCKS = 2000 };
    char *blocks[BLOCKS];
    size_t sizes[BLOCKS];
    bool good = true;
    for (int i = 0; i < BLOCKS; i++) {
        sizes[i] = 1 + (size_t)(i * 37 % 900);
        blocks[i] = _thimble_alloc(&_thimble_arena, sizes[i]);
        good &= is_zero(blocks[i], sizes[i]) && (uintptr_t)blocks[i] % _Alignof(max_align_t) == 0;
        memset(blocks[i], (int)(intptr_t)number, sizes[i]);
    }
    for (int i = 0; i < BLOCKS; i++) {
        for (size_t j = 0; j < sizes[i]; j++)
            good &= blocks[i][j] == (char)(intptr_t)number;
    }
    return (void *)(intptr_t)good;
}

static void count_hit(void *block, const void *start, size_t size) {
    void **asked = block;
    if ((char *)*asked >= (const char *)start && (char *)*asked < (const char *)start + size)
        *asked = NULL;
}

void check_arena(void) {
    pthread_t threads[4];
    for (intptr_t i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, fill_blocks, (void *)(i + 1));
    for (int i = 0; i < 4; i++) {
        void *good;
        pthread_join(threads[i], &good);
        CHECK(good != NULL);
    }
    size_t large = (size_t)10 * 1024 * 1024;
    char *block = _thimble_alloc(&_thimble_arena, large);
    CHECK(is_zero(block, large));
    CHECK_TEXT(_thimble_strndup(&_thimble_arena, "giraffe", 4), "gira");
    void *asked = block + large - 1;
    _thimble_own_memory(count_hit, &asked);
    CHECK(asked == NULL);
    asked = _thimble_alloc(&_thimble_arena, 1);
    _thimble_own_memory(count_hit, &asked);
    CHECK(asked == NULL);
}

/* ---- Text ---- */

void check_text_building(void) {
    char buffer[10];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    CHECK_TEXT(text.data, "");
    _thimble_puts(&text, "12345");
    _thimble_printf(&text, "%d", 6789);
    CHECK_TEXT(text.data, "123456789");
    CHECK(!text.cut && text.length == 9);
    _thimble_puts(&text, "x");
    CHECK_TEXT(text.data, "123456…");
    CHECK(text.cut && text.length == strlen(text.data));
    _thimble_puts(&text, "more");
    CHECK_TEXT(text.data, "123456…");

    text = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&text, "%s", "abcdefghijklm");
    CHECK_TEXT(text.data, "abcdef…");

    /* A character of two bytes does not become half of one. */
    text = _thimble_text(buffer, sizeof(buffer));
    _thimble_puts(&text, "abcdeäöü");
    CHECK_TEXT(text.data, "abcde…");

    text = _thimble_text(buffer, 3);
    _thimble_puts(&text, "abcdef");
    CHECK(text.cut && text.length < 3 && buffer[text.length] == '\0');

    struct text long_text = _thimble_growing_text();
    for (int i = 0; i < 10000; i++)
        _thimble_printf(&long_text, "%04d", i);
    CHECK(long_text.length == 40000 && !long_text.cut);
    CHECK_TEXT(long_text.data + 39992, "99989999");
}

/* ---- Peek ---- */

/* Three pages, the last of which can't be read. */
static char *map_pages(void) {
    char *pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(pages, 'a', 2 * 4096);
    mprotect(pages + 2 * 4096, 4096, PROT_NONE);
    return pages;
}

static void check_reading(void) {
    char *pages = map_pages();
    char *end = pages + 2 * 4096;
    static char to[64 * 1024];
    errno = 77;
    CHECK(_thimble_peek(to, "abc", 4) == 4 && strcmp(to, "abc") == 0);
    CHECK(_thimble_peek(to, NULL, 4) == 0);
    CHECK(_thimble_peek(to, (void *)UINTPTR_MAX, 4) == 0);
    CHECK(_thimble_peek(to, (void *)(UINTPTR_MAX / 2), 4) == 0);
    CHECK(_thimble_peek(to, end - 5, 10) == 5);
    CHECK(_thimble_peek(to, pages, sizeof(to)) == 2 * 4096);
    CHECK(_thimble_peek(to, end, 1) == 0);
    char *large = calloc(1, 200 * 1024);
    memset(large, 'b', 200 * 1024);
    char *copy = calloc(1, 200 * 1024);
    CHECK(_thimble_peek(copy, large, 200 * 1024) == 200 * 1024);
    CHECK(memcmp(copy, large, 200 * 1024) == 0);
    free(large);
    free(copy);

    int ended;
    CHECK(_thimble_peek_string(to, "giraffe", sizeof(to), &ended) == 7 && ended);
    CHECK_TEXT(to, "giraffe");
    CHECK(_thimble_peek_string(to, "giraffe", 5, &ended) == 4 && !ended);
    CHECK_TEXT(to, "gira");
    CHECK(_thimble_peek_string(to, "giraffe", 1, &ended) == 0 && !ended);
    CHECK(_thimble_peek_string(to, "", 1, &ended) == 0 && ended);
    CHECK(_thimble_peek_string(to, NULL, sizeof(to), &ended) == -1 && !ended);
    CHECK(_thimble_peek_string(to, end - 3, sizeof(to), &ended) == 3 && !ended);
    CHECK_TEXT(to, "aaa");
    CHECK(_thimble_peek_string(to, pages, sizeof(to), &ended) == 2 * 4096 && !ended);
    end[-1] = '\0';
    CHECK(_thimble_peek_string(to, pages, sizeof(to), &ended) == 2 * 4096 - 1 && ended);
    CHECK(errno == 77);
    munmap(pages, 3 * 4096);
}

/* In a process whose sandbox forbids the system call that peek prefers. */
static bool forbid_direct_reading(void) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_process_vm_readv, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof(filter) / sizeof(filter[0]), filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

void check_peek(void) {
    check_reading();
    fflush(NULL);
    pid_t process = fork();
    if (process == 0) {
        int before = check_failures();
        if (forbid_direct_reading())
            check_reading();
        fflush(NULL);
        _exit(check_failures() - before);
    }
    int status;
    waitpid(process, &status, 0);
    CHECK(status == 0);
}
