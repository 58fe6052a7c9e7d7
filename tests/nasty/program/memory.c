// Tests that touch memory that is not theirs. What a comment above a test says is what
// becomes of it: tests/nasty/run reads it.

#define _GNU_SOURCE 1

#include <assert.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "world.h"

void test_good_before_memory(void) {
    check_world();
}

// all: crashed: SIGSEGV: invalid write at address 0x0
void test_writes_to_null(void) {
    *(volatile int *)hidden(NULL) = 1;
}

// all: crashed: SIGSEGV: invalid read at address 0x10
void test_reads_behind_null(void) {
    volatile int value = *(volatile int *)hidden((void *)16);
    (void)value;
}

// all: crashed: SIGSEGV: access through a pointer that is no address
void test_uses_no_address(void) {
    *(volatile int *)hidden((void *)0xdeadbeefdeadbeefULL) = 1;
}

// all: crashed: SIGSEGV
void test_jumps_to_null(void) {
    void (*function)(void) = (void (*)(void))hidden(NULL);
    function();
}

// all: crashed: SIGSEGV
void test_executes_data(void) {
    static char data[64] = {'\xc3'};
    void (*function)(void) = (void (*)(void))hidden(data);
    function();
}

// all: crashed: SIGSEGV: invalid write
void test_writes_to_code(void) {
    *(volatile char *)hidden((const void *)test_good_before_memory) = 1;
}

// all: crashed: SIGSEGV: invalid write
void test_writes_to_constants(void) {
    *(volatile char *)hidden("constant") = 'C';
}

// all: crashed: SIGBUS: invalid read
void test_reads_behind_a_files_end(void) {
    int file = memfd_create("short", 0);
    volatile char *bytes = mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0);
    (void)bytes[0];
}

// all: crashed: SIGFPE: integer division by zero
void test_divides_by_zero(void) {
    volatile int zero = 0, one = 1;
    one = one / zero;
}

// all: crashed: SIGILL
void test_traps(void) {
    __builtin_trap();
}

// all: crashed: aborted
void test_smashes_the_heap(void) {
    size_t *block = malloc(24);
    size_t *behind = malloc(24);
    size_t *bytes = hidden(block);
    bytes[3] = 0x4141414141414141ULL; // the size of the block behind it
    free(hidden(behind));
    free(block);
    for (int i = 0; i < 100; i++)
        free(hidden(malloc(24 + 16 * (size_t)i)));
    abort();
}

// all: failed: memory.c:\d+: free of a block that was freed already
void test_frees_twice(void) {
    void *block = malloc(2000);
    void *behind = malloc(2000);
    free(hidden(block));
    free(hidden(block));
    free(behind);
}

// all: failed: memory.c:\d+: free of an address on the stack
void test_frees_the_stack(void) {
    char bytes[64] = "no heap";
    free(hidden(bytes + 8));
}

__attribute__((noinline)) static void smash(size_t size) {
    volatile char bytes[16] = "";
    volatile char *at = hidden((const void *)bytes);
    for (size_t i = 0; i < size; i++)
        at[i] = 'x';
}

// all: crashed: .
void test_smashes_its_stack(void) {
    smash(200);
}

static volatile int depth;

static int descend(int step) {
    volatile char frame[2048];
    frame[0] = (char)(depth += step);
    return depth < 0 ? frame[0] : descend(step) + frame[0];
}

// all: crashed: SIGSEGV: stack overflow
void test_overflows_its_stack(void) {
    assert(descend(1) == 0);
}

static void overflow_again(int signal) {
    (void)signal;
    descend(1);
}

// test worker: crashed: SIGSEGV
void test_overflows_its_stack_in_a_handler(void) {
    struct sigaction action = {.sa_handler = overflow_again, .sa_flags = SA_NODEFER};
    sigaction(SIGSEGV, &action, NULL);
    descend(1);
}

static void fault_again(int signal) {
    *(volatile int *)hidden(NULL) = signal;
}

// test worker: crashed: SIGSEGV
void test_faults_in_its_fault_handler_for_ever(void) {
    struct sigaction action = {.sa_handler = fault_again, .sa_flags = SA_NODEFER};
    sigaction(SIGSEGV, &action, NULL);
    *(volatile int *)hidden(NULL) = 1;
}

// test worker: crashed: SIGSEGV
void test_breaks_the_alternate_stack(void) {
    stack_t stack = {.ss_size = 65536};
    stack.ss_sp = mmap(NULL, stack.ss_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    sigaltstack(&stack, NULL);
    descend(1);
}

// test worker: crashed: SIGSEGV
void test_has_no_alternate_stack(void) {
    stack_t stack = {.ss_flags = SS_DISABLE};
    sigaltstack(&stack, NULL);
    descend(1);
}

#if defined(__x86_64__)
// test worker: crashed: SIGSEGV
void test_loses_its_stack_pointer(void) {
    __asm__ volatile("mov $16, %%rsp\n\tpush %%rax" : : : "memory");
    unreachable();
}

// all: crashed: SIGSEGV
void test_misaligns_its_stack(void) {
    __asm__ volatile("movaps %%xmm0, 8(%%rsp)" : : : "memory");
    // Where the compiler had made room of another size.
    __asm__ volatile("movaps %%xmm0, (%%rsp)" : : : "memory");
    abort();
}
#endif

static jmp_buf dead;

__attribute__((noinline)) static void leave_a_dead_frame(void) {
    if (setjmp(dead) != 0)
        depth = 0;
}

// test worker: crashed: .
void test_jumps_into_a_dead_frame(void) {
    leave_a_dead_frame();
    descend(-1);
    longjmp(dead, 1);
}

static void unmap(const char *map) {
    unsigned long begin, end;
    if (sscanf(map, "%lx-%lx", &begin, &end) == 2 && !strstr(map, "[stack]") &&
        !strstr(map, "libc"))
        munmap((void *)begin, end - begin);
}

// test worker: crashed: SIGSEGV
void test_unmaps_everything(void) {
    static char maps[1 << 16];
    int file = open("/proc/self/maps", O_RDONLY);
    ssize_t size = 0, got;
    while ((got = read(file, maps + size, sizeof(maps) - 1 - (size_t)size)) > 0)
        size += got;
    char *line = maps, *next;
    for (; (next = strchr(line, '\n')); line = next + 1) {
        *next = '\0';
        unmap(line);
    }
    unreachable();
}

// test worker: crashed: SIGSEGV
void test_unmaps_its_stack(void) {
    uintptr_t here = (uintptr_t)__builtin_frame_address(0) & ~(uintptr_t)4095;
    munmap((void *)(here - (1 << 20)), 2 << 20);
    unreachable();
}

// all: passed
void test_asks_for_all_memory(void) {
    volatile size_t most = SIZE_MAX / 2;
    void *block = malloc(most);
    assert(!block);
    block = calloc(most / 2, 8);
    assert(!block);
}

// test: passed
void test_writes_over_its_environment_and_arguments(void) {
    extern char **environ;
    for (char **variable = environ; *variable; variable++)
        memset(*variable, 'x', strlen(*variable));
    assert(!getenv("PATH"));
}

void test_good_behind_memory(void) {
    check_world();
}
