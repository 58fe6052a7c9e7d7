/* allocators.h: which functions allocate, resize and release memory, and where
 * the size stands. */
#ifndef CORE_ALLOCATORS_H
#define CORE_ALLOCATORS_H

#include "options.h"
#include <stdbool.h>
#include <thimble/abi.h>

/* Arguments count from 1; 0 is none. */
struct allocator {
    enum thimble_site_kind kind;
    unsigned size;       /* bytes, or bytes of an element */
    unsigned count;      /* elements */
    unsigned block;      /* the block that is resized or released */
    unsigned result;     /* 0: the call's value is the block; else the argument that points to
                            where the block's address is put: posix_memalign, asprintf */
    bool zero_succeeds;  /* with result: the block is there if the call's value is 0, and not
                            as else if it is not negative */
    bool text;           /* holds a string: strdup; the block's element type is char */
    bool size_unknown;   /* only the allocator knows the size */
    const char *release; /* the one function that gives its blocks back, where that is said of
                            this very allocator; else null */
};

/* What the compiler's attributes say: malloc, with a deallocator or without, and
 * alloc_size (0: absent); of a deallocator, that it is one. And whether the function is libc's by
 * its declaration: in a system header, or known to the compiler by its name. A getline of the
 * program's own has little to do with libc's. */
struct allocator_attributes {
    bool from_libc;
    bool returns_new; /* attribute malloc; GCC's headers poison that name */
    unsigned size, count;
    const char *release; /* the NAME of malloc(NAME[, 1]), or null */
    unsigned released;   /* what is given back to it: the N of another's malloc(IT, N); 0: none */
};

/* Fills in *out and returns true if the function is one. symbol is the linker's
 * name; a function of internal linkage is one only by option or attribute. A
 * function of the program's own that has a libc allocator's attributes alone
 * (alloc_size without returning a pointer, say) is none. */
bool allocators_find(const struct options *, const char *name, const char *symbol, bool internal,
                     bool returns_pointer, const struct allocator_attributes *,
                     struct allocator *out);

/* What stands around an allocating call. */
struct element_hints {
    /* What the pointer points to that the value becomes, or else the callee's own result. */
    bool to_void; /* or the result is no pointer */
    bool to_char, to_function;
    bool measured; /* a sizeof stands in the arguments */
};

/* What type an element of the block has, as far as the source tells. */
enum element {
    ELEMENT_UNKNOWN,
    ELEMENT_CHAR,
    ELEMENT_TARGET,  /* what the pointer of the hints points to */
    ELEMENT_MEASURED /* what the sizeof is about */
};

enum element allocators_element(const struct allocator *, const struct element_hints *);

/* Whether a number that is passed in this position, of so many, says how much is asked for: of a
 * call that does not say which one does, each may; those that asprintf prints do not. */
bool allocators_asked_by(const struct allocator *, unsigned position, unsigned argument_count);

/* Whether the size can be read off a call with so many arguments. */
bool allocators_size_known(const struct allocator *, unsigned argument_count);

#endif
