#include "seams.h"

#include "expression.h"
#include "names.h"
#include "naming.h"
#include <fnmatch.h>
#include <string.h>

/* The tables are sorted. */

/* What a compiler or a macro of libc needs to reach directly. */
static const char *const never[] = {
    "___errno",
    "__chk_fail",
    "__ctype_b_loc",
    "__ctype_tolower_loc",
    "__ctype_toupper_loc",
    "__errno",
    "__errno_location",
    "__error",
    "__fdelt_chk",
    "__fdelt_warn",
    "__h_errno",
    "__h_errno_location",
    "__sigsetjmp",
    "_setjmp",
    "alloca",
    "getcontext",
    "savectx",
    "setjmp",
    "sigsetjmp",
    "va_arg",
    "va_arg_pack",
    "va_arg_pack_len",
    "va_copy",
    "va_end",
    "va_start",
    "vfork",
};

/* Built-ins on memory, strings and integers. */
static const char *const pure[] = {
    "abs",     "bcmp",    "bcopy",  "bzero",       "ffs",        "ffsl",    "ffsll",   "imaxabs",
    "index",   "labs",    "llabs",  "memchr",      "memcmp",     "memcpy",  "memmove", "mempcpy",
    "memset",  "rindex",  "stpcpy", "stpncpy",     "strcasecmp", "strcat",  "strchr",  "strcmp",
    "strcpy",  "strcspn", "strlen", "strncasecmp", "strncat",    "strncmp", "strncpy", "strnlen",
    "strpbrk", "strrchr", "strspn", "strstr",
};

/* Built-ins on floating point, each with variants: sinf, sinl, sinf128, __isnan. */
static const char *const math[] = {
    "acos",        "acosh",      "asin",         "asinh",     "atan",         "atan2",
    "atanh",       "cabs",       "cacos",        "cacosh",    "canonicalize", "carg",
    "casin",       "casinh",     "catan",        "catanh",    "cbrt",         "ccos",
    "ccosh",       "ceil",       "cexp",         "cimag",     "clog",         "clog10",
    "conj",        "copysign",   "cos",          "cosh",      "cpow",         "cproj",
    "creal",       "csin",       "csinh",        "csqrt",     "ctan",         "ctanh",
    "drem",        "erf",        "erfc",         "exp",       "exp10",        "exp2",
    "expm1",       "fabs",       "fdim",         "finite",    "floor",        "fma",
    "fmax",        "fmaximum",   "fmaximum_num", "fmin",      "fminimum",     "fminimum_num",
    "fmod",        "fpclassify", "frexp",        "gamma",     "gamma_r",      "hypot",
    "ilogb",       "isinf",      "isnan",        "j0",        "j1",           "jn",
    "ldexp",       "lgamma",     "lgamma_r",     "llrint",    "llround",      "log",
    "log10",       "log1p",      "log2",         "logb",      "lrint",        "lround",
    "modf",        "nan",        "nearbyint",    "nextafter", "nextdown",     "nexttoward",
    "nextup",      "pow",        "pow10",        "remainder", "remquo",       "rint",
    "round",       "roundeven",  "scalb",        "scalbln",   "scalbn",       "signbit",
    "significand", "sin",        "sincos",       "sinh",      "sqrt",         "tan",
    "tanh",        "tgamma",     "trunc",        "y0",        "y1",           "yn",
};

/* The compilers' own headers of intrinsics. What an always_inline function there is
 * to be, an instruction or two, has no library function. */
static const char *const intrinsic_headers[] = {
    "*intrin.h", "*_intrinsics.h", "arm_*.h", "riscv_*.h", "altivec.h", "msa.h", "wasm_simd128.h",
};

static const char *last_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_machine_intrinsic(const struct call *call) {
    if (!call->always_inline || !call->system || !call->file)
        return false;
    for (size_t i = 0; i < sizeof intrinsic_headers / sizeof *intrinsic_headers; i++)
        if (fnmatch(intrinsic_headers[i], last_name(call->file), 0) == 0)
            return true;
    return false;
}

static bool is_failed_assert(const char *symbol) {
    return expression_is_reported_by(symbol) || strcmp(symbol, "__assert_perror_fail") == 0;
}

static bool is_thimbles_own(const char *symbol) {
    return strncmp(symbol, "thimble_", 8) == 0 && strcmp(symbol, "thimble_main") != 0;
}

/* lgammaf_r counts as lgamma_r, __isnanl as isnan. */
static bool is_math(const char *name) {
    static const char *const variants[] = {"",    "f",    "l",    "f16", "f32",
                                           "f64", "f128", "f32x", "f64x"};
    char plain[32];
    if (strncmp(name, "__", 2) == 0)
        name += 2;
    size_t length = strlen(name);
    if (length >= sizeof plain)
        return false;
    bool reentrant = length > 2 && strcmp(name + length - 2, "_r") == 0;
    size_t stem = reentrant ? length - 2 : length;
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        size_t tail = strlen(variants[i]);
        if (stem <= tail || strncmp(name + stem - tail, variants[i], tail) != 0)
            continue;
        memcpy(plain, name, stem - tail);
        strcpy(plain + stem - tail, reentrant ? "_r" : "");
        if (NAMES_FIND(math, plain, strlen(plain)))
            return true;
    }
    return false;
}

static bool is_pure(const char *name) {
    return NAMES_FIND(pure, name, strlen(name)) || is_math(name);
}

static bool is_named(const struct string_list *list, const char *name) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], name) == 0)
            return true;
    return false;
}

/* Built-ins that have no library function keep a name of the compiler's. */
static bool is_intrinsic(const struct call *call) {
    static const char *const prefixes[] = {"__builtin_", "__sync_", "__atomic_"};
    for (size_t i = 0; call->builtin && i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncmp(call->symbol, prefixes[i], strlen(prefixes[i])) == 0)
            return true;
    return call->intrinsic;
}

static bool must_stay_direct(const struct call *call) {
    if (is_intrinsic(call) || call->returns_twice || call->forbidden || call->must_tail)
        return true;
    return is_thimbles_own(call->symbol) || is_machine_intrinsic(call);
}

/* Whether the options leave a call of libc's function `name` alone. */
static bool is_left_alone(const struct options *options, const struct call *call,
                          const char *name) {
    bool own = call->internal || call->defined;
    if (!own && NAMES_FIND(never, name, strlen(name)))
        return true;
    /* A function of the program's own may bear such a name too: index, y1, gamma. */
    if (!call->builtin && !call->system)
        return false;
    return is_pure(name) && !is_named(&options->seam_builtins, name) &&
           !is_named(&options->seam_builtins, call->name);
}

enum seam_decision seams_decide(const struct options *options, const struct call *call) {
    if (must_stay_direct(call))
        return SEAM_NO;
    if (options->asserts && is_failed_assert(call->symbol))
        return SEAM_ASSERT;
    if (options->seams == SEAMS_OFF || is_left_alone(options, call, naming_canonical(call->symbol)))
        return SEAM_NO;
    if (options->seams == SEAMS_EXTERN && (call->internal || call->defined))
        return SEAM_NO;
    return SEAM_YES;
}

bool seams_takes_place(const char *symbol) {
    return is_failed_assert(symbol) || is_thimbles_own(symbol);
}

/* The call of what they call is the seam: read's, where an inline function of libc's
 * header stands for it. */
bool seams_rewrite_body(bool in_system_header) {
    return !in_system_header;
}

const char *const *seams_promises(void) {
    static const char *const promises[] = {
        "nonnull", "returns_nonnull", "alloc_size",         "alloc_align", "assume_aligned",
        "access",  "fn spec",         "warn_unused_result", NULL,
    };
    return promises;
}
