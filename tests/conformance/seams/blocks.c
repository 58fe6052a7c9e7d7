#include <thimble.h>

static int answer(void) {
    return 42;
}

static int one(void) {
    return 1;
}

static int two(void) {
    return 2;
}

static int returns_from_block(void) {
    with_patch(answer, one) {
        return answer();
    }
    return 0;
}

void test_a_block(void) {
    with_patch(answer, one) {
        assert(answer() == 1);
    }
    assert(answer() == 42);
}

void test_blocks_nest(void) {
    with_patch(answer, one) {
        with_patch(answer, two) {
            assert(answer() == 2);
        }
        assert(answer() == 1);
    }
    assert(answer() == 42);
}

void test_break(void) {
    with_patch(answer, one) {
        assert(answer() == 1);
        break;
    }
    assert(answer() == 42);
}

void test_continue(void) {
    int rounds = 0;
    with_patch(answer, one) {
        rounds++;
        if (answer() == 1)
            continue;
        rounds = 100;
    }
    assert(rounds == 1);
    assert(answer() == 42);
}

void test_return(void) {
    assert(returns_from_block() == 1);
    assert(answer() == 42);
}

void test_goto(void) {
    with_patch(answer, one) {
        if (answer() == 1)
            goto out;
        assert(!"not reached");
    }
out:
    assert(answer() == 42);
}

void test_around_a_loop(void) {
    int sum = 0;
    with_patch(answer, two) for (int i = 0; i < 5; i++) sum += answer();
    assert(sum == 10);
    assert(answer() == 42);
}

void test_in_a_loop(void) {
    int sum = 0;
    for (int i = 0; i < 3; i++) {
        with_patch(answer, one) sum += answer();
        sum += answer();
    }
    assert(sum == 129);
}

void test_inside_a_patch(void) {
    patch(answer, two);
    with_patch(answer, one) {
        assert(answer() == 1);
    }
    assert(answer() == 2);
}

/* A mock lasts until the test ends, wherever it was made. */
void test_a_mock_inside_a_block(void) {
    with_patch(answer, one) {
        mock_return(answer, 7);
        assert(answer() == 7);
    }
    assert(answer() == 7);
}

void test_if_and_else(void) {
    if (answer() == 42)
        with_patch(answer, one) assert(answer() == 1);
    else
        assert(!"not reached");
}
