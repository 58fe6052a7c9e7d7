#include "answer.h"

#include <thimble.h>

static int ask(void)
{
    return answer();
}

void test_is_42(void)
{
    assert(ask() == 42);
}

static void test_can_be_replaced(void)
{
    mock_return(answer, 7);
    assert(ask() == 7);
}
