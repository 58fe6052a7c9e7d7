// run: --lst
// run: --timeout
// run: --timeout soon
// run: --timeout -1
// run: --format xml
// run: -j none
// run: -z
// run: --format=json -q
void test_nothing(void) {
}
