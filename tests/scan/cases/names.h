static inline void test_inline_of_a_header(void) {
}

static void test_of_a_header(void) {
}

static inline int helper_of_a_header(int x) {
    return x;
}

static inline int calls_in_a_header(void) {
    return helper_of_a_header(1) + helper_of_a_header(2);
}

void setup_of_a_header(void) {
    test_inline_of_a_header();
    test_of_a_header();
    calls_in_a_header();
}
