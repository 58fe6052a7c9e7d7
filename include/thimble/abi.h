/* thimble/abi.h: what an object file compiled with the plugin and the runtime
 * that it is linked with agree on. Both sides include it; nobody else needs to.
 *
 *   unit      one translation unit: a `struct thimble_unit` in its object file
 *   blob      the unit's descriptors as plain bytes, in sections
 *   seam      a call that can be made to go elsewhere; calls of one function in
 *             one unit share one slot
 *   slot      the address that a seam's calls go to; null: the function itself
 *   site      one allocating call
 *   symbol    an address that the blob names by its index
 *
 * A blob is `struct thimble_blob`, then sections one after another: a `struct
 * thimble_section`, its payload, and zeros up to the next multiple of 8. A
 * reader passes over kinds that it does not know. Records name strings by their
 * offset in THIMBLE_STRINGS and other records by their index; THIMBLE_NONE
 * stands for none. A record's layout never changes: what is new is a new
 * section, or the format gets a new number.
 */
#ifndef THIMBLE_ABI_H
#define THIMBLE_ABI_H

#include <stddef.h>
#include <stdint.h>

#define THIMBLE_FORMAT 1
#define THIMBLE_MAGIC 0x424d4854u /* "THMB", read as little-endian */
#define THIMBLE_NONE UINT32_MAX

/* In the object file, registered by its constructor. The plugin fills in what
 * stands above the line and leaves zero below it. */
struct thimble_unit {
    uint32_t format; /* THIMBLE_FORMAT of the plugin */
    uint32_t blob_size;
    const struct thimble_blob *blob;
    const void *const *symbols;
    void **slots; /* written by the runtime, read by the unit's seams */
    uint32_t symbol_count;
    uint32_t slot_count;
    /* ---- the runtime's ---- */
    /* Called behind an allocating call that went to the real function. `block`
     * may be null. `size` is in bytes, or THIMBLE_SIZE_UNKNOWN where only the
     * allocator knows. Null while nothing is tracked. */
    void (*allocated)(const struct thimble_unit *, uint32_t site, void *block, size_t size);
    /* Called in front of a call that will free or move `block`. */
    void (*releasing)(const struct thimble_unit *, uint32_t site, void *block);
    struct thimble_unit *next;
    void *state;
};

#define THIMBLE_SIZE_UNKNOWN SIZE_MAX

/* The plugin's constructor and destructor call these through weak references,
 * so that an object links and runs without the runtime too. */
void thimble_register(struct thimble_unit *);
void thimble_unregister(struct thimble_unit *);

struct thimble_blob {
    uint32_t magic;
    uint32_t size; /* of the whole blob, bytes */
    uint32_t section_count;
    uint32_t reserved;
};

struct thimble_section {
    uint32_t kind; /* enum thimble_section_kind */
    uint32_t size; /* of the payload, bytes, without the padding */
};

enum thimble_section_kind {
    THIMBLE_STRINGS = 1, /* zero-terminated; offset 0 is "" */
    THIMBLE_SOURCE,      /* one struct thimble_source */
    THIMBLE_TYPES,       /* struct thimble_type */
    THIMBLE_MEMBERS,     /* struct thimble_member */
    THIMBLE_ENUMERATORS, /* struct thimble_enumerator */
    THIMBLE_FUNCTIONS,   /* struct thimble_function */
    THIMBLE_TESTS,       /* struct thimble_test */
    THIMBLE_SITES,       /* struct thimble_site */
    THIMBLE_ASSERTS,     /* struct thimble_assert */
    THIMBLE_OPERANDS,    /* struct thimble_operand */
    /* One struct thimble_installation, in units with tests or thimble.h. */
    THIMBLE_INSTALLATION,
    THIMBLE_OBJECTS,  /* struct thimble_object */
    THIMBLE_FIXTURES, /* struct thimble_fixture */
    THIMBLE_CASES,    /* struct thimble_cases */
    THIMBLE_MARKS,    /* struct thimble_mark */
    THIMBLE_PAIRS,    /* struct thimble_pair */
};

struct thimble_source {
    uint32_t file;      /* the main source file as the compiler was given it */
    uint32_t directory; /* where the compiler ran */
    uint32_t compiler;  /* "GCC 12.2.0" */
    uint32_t flags;     /* enum thimble_source_flag */
};

enum thimble_source_flag {
    THIMBLE_FRAMES = 1u << 0 /* every function of it keeps its frame pointer: frames=on */
};

enum thimble_type_kind {
    THIMBLE_OPAQUE = 0, /* what has no description but its size; a vector: target, count */
    THIMBLE_VOID,
    THIMBLE_BOOL,
    THIMBLE_CHAR, /* plain char; signed and unsigned char are INTEGER */
    THIMBLE_INTEGER,
    THIMBLE_FLOAT,
    THIMBLE_COMPLEX, /* target: the type of its parts */
    THIMBLE_POINTER, /* target */
    THIMBLE_ARRAY,   /* target, count */
    THIMBLE_STRUCT,  /* members from `first`, count of them */
    THIMBLE_UNION,
    THIMBLE_ENUM,     /* enumerators from `first`, count; target: integer type */
    THIMBLE_FUNCTION, /* parameters as members from `first`, count; target: returned */
    THIMBLE_TYPEDEF,  /* name for target */
    THIMBLE_QUALIFIED /* target with the qualifiers in flags */
};

enum thimble_type_flag {
    THIMBLE_SIGNED = 1u << 0,       /* INTEGER, CHAR */
    THIMBLE_INCOMPLETE = 1u << 1,   /* STRUCT, UNION, ENUM never completed; ARRAY without a bound */
    THIMBLE_VARIABLE = 1u << 2,     /* ARRAY whose bound is known only when it runs */
    THIMBLE_VARIADIC = 1u << 3,     /* FUNCTION */
    THIMBLE_UNPROTOTYPED = 1u << 4, /* FUNCTION declared with () before C23 */
    THIMBLE_CONST = 1u << 5,        /* QUALIFIED, from here on */
    THIMBLE_VOLATILE = 1u << 6,
    THIMBLE_RESTRICT = 1u << 7,
    THIMBLE_ATOMIC = 1u << 8,
    THIMBLE_PACKED = 1u << 9,      /* STRUCT, UNION: laid out tighter than its members ask for */
    THIMBLE_TRANSPARENT = 1u << 10 /* UNION passed like its first member */
};

struct thimble_type {
    uint32_t kind;  /* enum thimble_type_kind */
    uint32_t name;  /* as C spells it; a tag without `struct`; "" for none */
    uint64_t size;  /* bytes; 0 where C has no sizeof */
    uint64_t count; /* see the kinds */
    uint32_t align; /* bytes */
    uint32_t flags; /* enum thimble_type_flag */
    uint32_t target;
    uint32_t first;
    uint32_t file; /* of a tag's or typedef's declaration, or "" */
    uint32_t line;
};

/* A member of a struct or union, or a parameter of a function (offset 0). */
struct thimble_member {
    uint32_t name; /* "" for an anonymous one */
    uint32_t type;
    uint64_t offset; /* in bits */
    uint32_t width;  /* in bits of a bit-field, else 0 */
    uint32_t flags;  /* THIMBLE_BITFIELD */
};

#define THIMBLE_BITFIELD 1u

/* An object that the unit defines and that is there for as long as the program is, by the
 * name that its source has for it; static ones and those in functions, too. */
struct thimble_object {
    uint32_t name;
    uint32_t type;
};

struct thimble_enumerator {
    uint32_t name;
    uint32_t reserved;
    int64_t value; /* of an unsigned 64-bit enum: its bits */
};

enum thimble_function_flag {
    THIMBLE_INTERNAL = 1u << 0, /* of internal linkage */
    THIMBLE_INLINE = 1u << 1,
    THIMBLE_ALWAYS_INLINE = 1u << 2,
    THIMBLE_NORETURN = 1u << 3,
    THIMBLE_DEFINED = 1u << 4, /* with a body in this unit */
    THIMBLE_SYSTEM = 1u << 5,  /* declared in a system header */
    THIMBLE_PURE = 1u << 6,    /* attributes pure or const */
    THIMBLE_SPEAKS = 1u << 7   /* for a type: repr_NAME, equal_NAME */
};

/* Two units speak of one function where the identities are equal: the linker's
 * name behind libc's aliases ("open" for open64 too), or for internal linkage
 * "FILE:LINE:NAME" of the definition. */
struct thimble_function {
    uint32_t name; /* as the source spells it */
    uint32_t identity;
    uint32_t file; /* of the definition, else of the declaration */
    uint32_t line;
    uint32_t type;   /* a FUNCTION */
    uint32_t flags;  /* enum thimble_function_flag */
    uint32_t slot;   /* THIMBLE_NONE where no call of this unit is a seam */
    /* Its address, or THIMBLE_NONE. Known of tests, fixtures and what speaks for a type, and of
     * functions of internal linkage with a slot that the main source file defines: nobody else
     * can name them. */
    uint32_t symbol;
};

/* A test's parameters are its function's. */
struct thimble_test {
    uint32_t function;
    uint32_t flags; /* enum thimble_test_flag */
};

enum thimble_test_flag {
    /* Nothing but its name speaks for it: one with a parameter that nobody in the program
     * provides is no test, and nobody's mistake. */
    THIMBLE_TEST_IF_PROVIDED = 1u << 0
};

enum thimble_fixture_kind {
    THIMBLE_SETUP = 0, /* of each test of the unit */
    THIMBLE_TEARDOWN,
    THIMBLE_SETUP_MODULE, /* of the unit */
    THIMBLE_TEARDOWN_MODULE,
    /* Functions that make a value, which a parameter of its name gets: */
    THIMBLE_TEST_FIXTURE, /* once for each test */
    THIMBLE_MODULE_FIXTURE,
    THIMBLE_SESSION_FIXTURE,
    /* Takes a value when its time is over. */
    THIMBLE_FIXTURE_TEARDOWN
};

struct thimble_fixture {
    uint32_t kind;     /* enum thimble_fixture_kind */
    uint32_t name;     /* of the value, or "" */
    uint32_t function; /* with a symbol */
    uint32_t reserved;
};

/* The test runs once for each element, its first parameter pointing there. */
struct thimble_cases {
    uint32_t test;
    uint32_t symbol; /* the first element's address */
    uint32_t type;   /* of an element */
    uint32_t count;
};

enum thimble_mark_kind { THIMBLE_TAG = 0, THIMBLE_TIMEOUT, THIMBLE_SKIP, THIMBLE_XFAIL };

/* What is written in front of a test: TAG("slow"). A test's marks are in their order. */
struct thimble_mark {
    uint32_t test;
    uint32_t kind; /* enum thimble_mark_kind */
    uint32_t text; /* TAG, SKIP, XFAIL */
    uint32_t reserved;
    uint64_t microseconds; /* TIMEOUT; 0: none */
};

enum thimble_site_kind {
    THIMBLE_ALLOCATES = 0, /* returns a new block */
    THIMBLE_RESIZES,       /* frees or moves one block and returns another */
    THIMBLE_RELEASES,      /* frees a block */
    /* May return, as `void *` or `char *`, a block that a site with THIMBLE_WRAPS made for it,
     * or an address in it: a call of xmalloc, or through a pointer. `allocated` is called
     * behind it with THIMBLE_SIZE_UNKNOWN, and the block is this site's if so. */
    THIMBLE_PASSES
};

enum thimble_site_flag {
    /* Stands in a wrapper: a function that returns what it gets here as `void *` or `char *`
     * and takes the size from a parameter of its own. Whose the block is, its caller knows. */
    THIMBLE_WRAPS = 1u << 0
};

struct thimble_site {
    uint32_t file;
    uint32_t line;
    uint32_t column;
    uint32_t kind;     /* enum thimble_site_kind */
    uint32_t function; /* the function that the call stands in */
    uint32_t callee;   /* the function that is called */
    uint32_t type;     /* of one element of the block, or THIMBLE_NONE */
    uint32_t flags;    /* enum thimble_site_flag */
};

/* What `allocator` returns is given back by `release` and by nothing else: by an attribute
 * malloc(RELEASE) or the option allocator=NAME…:free=RELEASE. */
struct thimble_pair {
    uint32_t allocator; /* a function */
    uint32_t release;   /* its name in the source */
};

/* An assert whose operands the unit hands over when it fails. */
struct thimble_assert {
    uint32_t first; /* in the operands */
    uint32_t count;
};

enum thimble_operand_flag {
    THIMBLE_OPERAND_HIDDEN = 1u << 0, /* there for its neighbour: a literal in strcmp(a, "b") */
    THIMBLE_OPERAND_ARRAY = 1u << 1,  /* handed over as a pointer to the array's first element */
    /* The first argument of a call that compares it with the second, the next operand: */
    THIMBLE_OPERAND_STRINGS = 1u << 2, /* strcmp and its like */
    THIMBLE_OPERAND_BYTES = 1u << 3,   /* memcmp */
    /* … up to a length that is the next operand but one: */
    THIMBLE_OPERAND_LENGTH = 1u << 4,
    THIMBLE_OPERAND_NO_CASE = 1u << 5 /* … whatever the case of letters */
};

struct thimble_operand {
    uint32_t text; /* as written */
    uint32_t type;
    uint32_t flags;  /* enum thimble_operand_flag */
    uint32_t offset; /* of its value in what is handed over, bytes */
};

/* Called in front of a call that goes to `replacement`, where the function takes other
 * arguments than its type says: those behind the `...`, those of a function without a
 * prototype. `type` is a FUNCTION whose parameters are the arguments of this very call, as
 * they are passed. Only where a slot is set, so the runtime is there. */
void thimble_variadic(const struct thimble_unit *, uint32_t type, const void *replacement);

/* Called in front of the function that says that an assert failed, with copies of the
 * operands' values, which stay until that function is left. Bit number i of `known` is set
 * where operand number i has one: it was evaluated. An assert has at most 32. */
void thimble_operands(const struct thimble_unit *, uint32_t assertion, uint32_t known,
                      const void *values);

/* What `thimble isolate` puts in the place of a function that nothing in the link defines calls
 * this with its name when it is called itself. Does not return. */
void thimble_missing(const char *symbol);

/* The Thimble that compiled the unit, where what is too heavy for a test program can be
 * asked for. */
struct thimble_installation {
    uint32_t folder; /* holds bin/thimble; absolute */
    uint32_t reserved;
};

/* What the header's markers become: a description of a function or a type. */
struct thimble_ref {
    const struct thimble_unit *unit;
    uint32_t index; /* in the unit's functions or types; THIMBLE_NONE: none */
    uint32_t kind;  /* enum thimble_ref_kind */
};

enum thimble_ref_kind {
    THIMBLE_REF_NONE = 0, /* the operand is neither: a string, a pointer */
    THIMBLE_REF_FUNCTION,
    THIMBLE_REF_TYPE,
    THIMBLE_REF_OBJECT, /* in the source only; becomes TYPE, or where the operand is an array: */
    THIMBLE_REF_ARRAY
};

#endif
