/* machine.h: what the machine says about a fault, as far as that is known for it. */
#ifndef RUNNER_MACHINE_H
#define RUNNER_MACHINE_H

#include <stdint.h>
#include <ucontext.h>

/* The stack pointer at the fault, 0 where it is not known. */
static inline uintptr_t machine_stack_pointer(const ucontext_t *context) {
#if defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__i386__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_ESP];
#elif defined(__aarch64__)
    return (uintptr_t)context->uc_mcontext.sp;
#elif defined(__arm__)
    return (uintptr_t)context->uc_mcontext.arm_sp;
#elif defined(__riscv)
    return (uintptr_t)context->uc_mcontext.__gregs[REG_SP];
#else
    (void)context;
    return 0;
#endif
}

/* 'w' for a write, 'r' for a read, 0 where it is not known. */
static inline char machine_access(const ucontext_t *context) {
#if defined(__x86_64__) || defined(__i386__)
    /* Bit 1 of the error code of a page fault. */
    return context->uc_mcontext.gregs[REG_ERR] & 2 ? 'w' : 'r';
#else
    (void)context;
    return 0;
#endif
}

#endif
