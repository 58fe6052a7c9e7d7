// env: THIMBLE_OPTIONS=-l
// run:
// run: -k two
void test_one(void) {
}

void test_two(void) {
}
