// run: --help
// shell: ./tests -h | awk 'length > 80'
void test_nothing(void) {
}
