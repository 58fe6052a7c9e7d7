// run: -l --shuffle=1
// run: -l --shuffle=1
// run: -l --shuffle=18446744073709551615
// run: -l --shard 1/2
// run: -l --shard 2/2
// shell: ./tests --shard 7/7 >/dev/null
// run: -l --shard 7/7
// run: --shard 0/2
// run: --shuffle=soon
// run: --repeat 0
// run: --repeat 2147483647
// run: --isolate everything
// run: --durations some
void test_one(void) {
}
void test_two(void) {
}
void test_three(void) {
}
void test_four(void) {
}
void test_five(void) {
}
