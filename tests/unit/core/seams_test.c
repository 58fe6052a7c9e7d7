#include "check.h"

#include <string.h>

#include "seams.h"

static struct options options;

/* A call of libc's function of this name. */
static struct call libc(const char *name) {
    return (struct call){.name = name,
                         .symbol = name,
                         .file = "/usr/include/stdlib.h",
                         .system = true,
                         .builtin = true};
}

static struct call own(const char *name) {
    return (struct call){.name = name, .symbol = name, .file = "zoo.c"};
}

static void check_call(struct call call, enum seam_decision wanted, int line) {
    check(seams_decide(&options, &call) == wanted, __FILE__, line, call.symbol);
}

#define CHECK_CALL(call, wanted) check_call((call), (wanted), __LINE__)

static void check_words(const char *words, struct call (*make)(const char *),
                        enum seam_decision wanted, int line) {
    char word[64];
    for (; *words; words += strspn(words, " ")) {
        size_t length = strcspn(words, " ");
        memcpy(word, words, length);
        word[length] = '\0';
        check_call(make(word), wanted, line);
        words += length;
    }
}

static void check_libc(void) {
    check_words("malloc calloc realloc free strdup strndup printf fprintf snprintf vprintf puts "
                "putchar fputs exit abort _exit time open open64 read write close __isoc99_sscanf "
                "__printf_chk __read_chk getenv qsort longjmp "
                "toupper strtol strerror fork execve rand",
                libc, SEAM_YES, __LINE__);
    check_words("alloca va_start va_end va_copy va_arg __errno_location ___errno __error "
                "__h_errno_location __ctype_b_loc __ctype_tolower_loc __ctype_toupper_loc setjmp "
                "_setjmp sigsetjmp __sigsetjmp vfork getcontext __fdelt_chk",
                libc, SEAM_NO, __LINE__);
    check_words("bcmp bcopy bzero index memchr memcmp memcpy memmove mempcpy memset rindex stpcpy "
                "stpncpy strcasecmp strcat strchr strcmp strcpy strcspn strlen strncasecmp "
                "strncat strncmp strncpy strnlen strpbrk strrchr strspn strstr abs labs llabs "
                "imaxabs ffs ffsl ffsll __memcpy_chk __strcpy_chk",
                libc, SEAM_NO, __LINE__);
    check_words("acos acosf acosl acosh asin asinh atan atan2 atanh cabs cacos carg cbrt ccosh "
                "ceil cexp cimag clog clog10 conj copysign cos cosh cpow cproj creal csqrt ctanh "
                "drem erf erff erfc exp exp10 exp2f expm1 fabs fabsf fabsl fdim finite floor fma "
                "fmaf fmax fmin fmod fpclassify frexp gamma gamma_r hypot ilogb isinf isnan j0 j1 "
                "jn ldexp lgamma lgamma_r lgammaf_r llrint llround log logf log10 log1p log2 logb "
                "lrint lround modf modff nan nanf nearbyint nextafter nexttoward pow pow10 powl "
                "remainder remquo rint round roundeven scalb scalbln scalbn signbit significand "
                "sin sincos sinf sinf128 sinf32x sinh sqrt sqrtf sqrtl tan tanh tgamma trunc y0 "
                "y1 yn __isnan __isnanl __signbitf __finite",
                libc, SEAM_NO, __LINE__);
}

static struct call undeclared(const char *name) {
    return (struct call){.name = name, .symbol = name, .file = "zoo.c", .builtin = true};
}

static struct call of_the_programs(const char *name) {
    struct call call = own(name);
    call.internal = call.defined = true;
    return call;
}

static void check_own(void) {
    CHECK_CALL(own("feed"), SEAM_YES);
    CHECK_CALL(of_the_programs("feed"), SEAM_YES);
    /* Names of built-ins, borne by functions of the program. */
    check_words("index gamma y1 memcpy sqrt alloca getcontext __my", of_the_programs, SEAM_YES,
                __LINE__);
    check_words("index y1 strlen", own, SEAM_YES, __LINE__);
    check_words("index y1 strlen", undeclared, SEAM_NO, __LINE__);
    struct call freestanding = libc("memcpy");
    freestanding.builtin = false;
    CHECK_CALL(freestanding, SEAM_NO);
    check_words("thimble_run thimble_register thimble_mock_at "
                "thimble_this_file_needs_the_compiler_flag_fplugin_thimble",
                own, SEAM_NO, __LINE__);
    check_words("thimble_main program_main main a_thimble_x", own, SEAM_YES, __LINE__);
}

static void check_kinds_of_calls(void) {
    struct call call = own("feed");
    call.always_inline = true;
    CHECK_CALL(call, SEAM_YES);
    call = own("feed");
    call.forbidden = true;
    CHECK_CALL(call, SEAM_NO);
    call = own("feed");
    call.returns_twice = true;
    CHECK_CALL(call, SEAM_NO);
    call = own("feed");
    call.must_tail = true;
    CHECK_CALL(call, SEAM_NO);
    call = own("feed");
    call.intrinsic = true;
    CHECK_CALL(call, SEAM_NO);
    call = libc("read");
    call.always_inline = call.defined = true;
    CHECK_CALL(call, SEAM_YES);

    /* An instruction by another name, and what merely stands beside those. */
    call = own("_mm_add_ps");
    call.file = "/usr/lib/gcc/x86_64-linux-gnu/12/include/xmmintrin.h";
    call.always_inline = call.defined = call.system = true;
    CHECK_CALL(call, SEAM_NO);
    call.file = "/usr/lib/clang/19/include/arm_neon.h";
    CHECK_CALL(call, SEAM_NO);
    call.file = "zoo/arm_feeder.h";
    call.system = false;
    CHECK_CALL(call, SEAM_YES);
    call = own("_mm_malloc");
    call.file = "/usr/lib/gcc/x86_64-linux-gnu/12/include/mm_malloc.h";
    call.system = call.defined = call.internal = true;
    CHECK_CALL(call, SEAM_YES);
}

/* What has a library function comes with that one's symbol. */
static void check_intrinsics(void) {
    check_words("__builtin_expect __builtin_alloca __builtin_va_start __sync_fetch_and_add "
                "__atomic_load_n",
                undeclared, SEAM_NO, __LINE__);
    check_words("__builtin_feed __sync_files __atomic_bomb", own, SEAM_YES, __LINE__);
    check_words("__sync __atomic _builtin_feed", undeclared, SEAM_YES, __LINE__);
    struct call call = undeclared("printf");
    call.name = "__builtin_printf";
    CHECK_CALL(call, SEAM_YES);
    call = undeclared("memcpy");
    call.name = "__builtin_memcpy";
    CHECK_CALL(call, SEAM_NO);
}

static bool is_promise(const char *attribute) {
    for (const char *const *promise = seams_promises(); *promise; promise++)
        if (strcmp(*promise, attribute) == 0)
            return true;
    return false;
}

static void check_replacements(void) {
    static const char *const promises[] = {"nonnull",     "returns_nonnull",   "alloc_size",
                                           "alloc_align", "assume_aligned",    "access",
                                           "fn spec",     "warn_unused_result"};
    for (size_t i = 0; i < sizeof promises / sizeof *promises; i++)
        check(is_promise(promises[i]), __FILE__, __LINE__, promises[i]);
    /* How it is called has to stay. */
    CHECK(!is_promise("noreturn") && !is_promise("format") && !is_promise("ms_abi"));
    CHECK(!is_promise("regparm"));
    CHECK(seams_rewrite_body(false) && !seams_rewrite_body(true));
}

static void set(const char *key, const char *value) {
    char error[256];
    CHECK(options_set(&options, key, value, error, sizeof error));
}

static void check_asserts(void) {
    check_words("__assert_fail __assert __assert_perror_fail", libc, SEAM_ASSERT, __LINE__);
    set("seams", "off");
    CHECK_CALL(libc("__assert_fail"), SEAM_ASSERT);
    set("asserts", "off");
    CHECK_CALL(libc("__assert_fail"), SEAM_NO);
    set("seams", "all");
    CHECK_CALL(libc("__assert_fail"), SEAM_YES);
    set("asserts", "on");
}

static void check_options_of_seams(void) {
    set("seams", "off");
    CHECK_CALL(own("feed"), SEAM_NO);
    CHECK_CALL(libc("malloc"), SEAM_NO);
    set("seam-builtin", "memcpy");
    CHECK_CALL(libc("memcpy"), SEAM_NO);
    set("seams", "extern");
    CHECK_CALL(own("feed"), SEAM_YES);
    CHECK_CALL(libc("malloc"), SEAM_YES);
    CHECK_CALL(of_the_programs("feed"), SEAM_NO);
    struct call call = own("feed");
    call.defined = true;
    CHECK_CALL(call, SEAM_NO);
    call = own("feed");
    call.internal = true;
    CHECK_CALL(call, SEAM_NO);
    set("seams", "all");
    CHECK_CALL(libc("memcpy"), SEAM_YES);
    CHECK_CALL(libc("__memcpy_chk"), SEAM_YES);
    CHECK_CALL(libc("memmove"), SEAM_NO);
    set("seam-builtin", "sqrtf");
    CHECK_CALL(libc("sqrtf"), SEAM_YES);
    CHECK_CALL(libc("sqrt"), SEAM_NO);
}

void check_seams(void) {
    options_init(&options);
    check_libc();
    check_own();
    check_kinds_of_calls();
    check_intrinsics();
    check_replacements();
    check_asserts();
    check_options_of_seams();
    options_free(&options);
}
