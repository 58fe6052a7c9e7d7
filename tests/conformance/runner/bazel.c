// shell: TEST_TOTAL_SHARDS=2 TEST_SHARD_INDEX=1 ./tests -l
// shell: TEST_TOTAL_SHARDS=2 TEST_SHARD_INDEX=1 ./tests -l --shard 1/2
// shell: TEST_TOTAL_SHARDS=5 TEST_SHARD_INDEX=4 TEST_SHARD_STATUS_FILE=status ./tests >/dev/null; ls status
// shell: TEST_TOTAL_SHARDS=2 TEST_SHARD_INDEX=2 ./tests
// shell: TEST_TOTAL_SHARDS=2 ./tests
// shell: TEST_SHARD_STATUS_FILE=nowhere/status ./tests
// shell: TESTBRIDGE_TEST_ONLY='sells or exits' ./tests -l
// shell: TESTBRIDGE_TEST_ONLY=bazel.c::test_sells ./tests -l
// shell: TESTBRIDGE_TEST_ONLY='sells or exits' ./tests -l -k 'not exits'
// shell: TESTBRIDGE_TEST_ONLY=other_program ./tests >/dev/null
// shell: TESTBRIDGE_TEST_ONLY=bazel.c::test_nothing ./tests -l
// shell: TESTBRIDGE_TEST_ONLY='sells and' ./tests
// shell: mkdir tmp; BROKEN=1 TEST_TMPDIR=$PWD/tmp TMPDIR=/nowhere ./tests -k folder -q; ls tmp/*
// shell: TEST_PREMATURE_EXIT_FILE=early ./tests -k early -q; test -e early || echo removed
// shell: TEST_PREMATURE_EXIT_FILE=nowhere/early ./tests -k early
// shell: TEST_RANDOM_SEED=1 ./tests --shuffle -l
// shell: TEST_RANDOM_SEED=one ./tests --shuffle -l
// shell: BROKEN=1 BAZEL_TEST=1 XDG_CACHE_HOME=$PWD/own TEST_TMPDIR=$PWD/tmp ./tests -k folder -q; test -e own || echo none is kept
// shell: BAZEL_TEST=1 ./tests --lf -l -k sells
// shell: TESTBRIDGE_TEST_RUNNER_FAIL_FAST=1 BROKEN=1 ./tests -j 1 -q -k 'folder or early'
#include <assert.h>
#include <stdlib.h>
#include <thimble.h>
#include <unistd.h>

void test_sells(void) {
}

void test_exits(void) {
}

void test_folder(const char *tmp_path) {
    assert(tmp_path);
    assert(!getenv("BROKEN"));
}

void test_early(void) {
    assert(!getenv("TEST_PREMATURE_EXIT_FILE") || access("early", F_OK) == 0);
}
