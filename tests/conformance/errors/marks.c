// error: 18: TIMEOUT of test_negative takes seconds, a constant number that is not negative: 0 for none
// error: 21: TIMEOUT of test_endless takes seconds, a constant number that is not negative: 0 for none
// error: 24: TIMEOUT of test_text takes seconds, a constant number that is not negative: 0 for none
// error: 27: TAG of test_tag takes a string in quotes
// error: 30: SKIP of test_wide takes a string in quotes
// error: 33: TAG stands in front of number, which is no test
#include <math.h>
#include <thimble.h>

#define LONG 60

TAG("good") TAG("b" "c") TIMEOUT(LONG * 2) SKIP("why") XFAIL("") static void test_good(void) {
}

static TIMEOUT(0) TAG("slow") void test_good_too(void) {
}

TIMEOUT(-1) void test_negative(void) {
}

TIMEOUT(HUGE_VAL) void test_endless(void) {
}

TIMEOUT("5") void test_text(void) {
}

TAG(5) void test_tag(void) {
}

SKIP(L"wide") void test_wide(void) {
}

TAG("slow") int number;
