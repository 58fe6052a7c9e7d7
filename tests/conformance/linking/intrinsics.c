#include <thimble.h>
#ifdef __x86_64__
#include <immintrin.h>

static float fourth(__m128 v) {
    float values[4];
    _mm_storeu_ps(values, v);
    return values[3];
}

static int sums(void) {
    __m128 sum = _mm_add_ps(_mm_set1_ps(1), _mm_set_ps(1, 2, 3, 4));
    __m128i words = _mm_add_epi16(_mm_set1_epi16(3), _mm_set1_epi16(4));
    return 10 * (int)fourth(sum) + _mm_extract_epi16(words, 0);
}

__attribute__((target("avx2"))) static int wide(void) {
    __m256i v = _mm256_add_epi32(_mm256_set1_epi32(20), _mm256_set1_epi32(22));
    return _mm256_extract_epi32(v, 5);
}

void test_wide(void) {
    if (__builtin_cpu_supports("avx2"))
        assert(wide() == 42);
}
#else
static int sums(void) {
    return 27;
}

void test_wide(void) {
}
#endif

void test_narrow(void) {
    assert(sums() == 27);
}

void test_builtins(void) {
    volatile unsigned bits = 12;
    assert(__builtin_popcount(bits) == 2);
    assert(__builtin_ctz(bits) == 2);
    assert(__builtin_expect(bits == 12, 1));
    int sum;
    assert(!__builtin_add_overflow((int)bits, 5, &sum) && sum == 17);
    assert(__sync_fetch_and_add(&sum, 1) == 17);
    assert(__atomic_load_n(&sum, __ATOMIC_SEQ_CST) == 18);
    mock(sums);
    assert(sums() == 0);
}
