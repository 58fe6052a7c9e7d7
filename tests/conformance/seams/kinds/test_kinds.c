#include <thimble.h>

#include "shared.h"

static int local(int x) {
    return x + 100;
}

static int a_thousand(int x) {
    return 1000 + x;
}

void test_nothing_is_patched(void) {
    assert(outer(10) == 11);
    assert(through_other_unit(10) == 25);
    assert(local(1) == 101);
}

void test_a_static_function_of_this_unit(void) {
    patch(local, a_thousand);
    assert(local(1) == 1001);
}

void test_a_function_of_another_unit(void) {
    patch(halved, a_thousand);
    assert(halved(1) == 1001);
    assert(outer(1) == 2003);
    assert(through_other_unit(1) == 1003);
}

void test_a_header_s_static_inline_in_every_unit(void) {
    patch(doubled, a_thousand);
    assert(doubled(1) == 1001);
    assert(outer(10) == 1006);
    assert(through_other_unit(10) == 1015);
}

void test_another_unit_s_static_by_its_name(void) {
    mock_return("code.c:hidden", 7);
    assert(outer(10) == 7);
    assert(mock_call_count("code.c:hidden") == 1);
    assert_called_once_with("code.c:hidden", 10);
}

void test_a_string_patches_a_static_too(void) {
    patch("code.c:hidden", a_thousand);
    assert(outer(10) == 1010);
}

void test_the_last_patch_wins(void) {
    mock_return(halved, 3);
    patch(halved, a_thousand);
    assert(halved(1) == 1001);
    mock_return(halved, 4);
    assert(halved(1) == 4);
}

void test_a_patched_function_called_directly_by_its_replacement(void) {
    patch(halved, a_thousand);
    int (*volatile pointer)(int) = halved;
    assert(pointer(10) == 5);
}
