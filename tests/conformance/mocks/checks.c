#include <string.h>
#include <thimble.h>

enum color { RED, GREEN };
struct point {
    int x, y;
};

static int take_int(int x) {
    return x;
}
static int take_text(const char *text) {
    return text[0];
}
static int take_wide(unsigned char byte, short s, unsigned long word, float real,
                     enum color color) {
    return (int)(byte + s + (long)word + (int)real + (int)color);
}
static int take_point(const struct point *point, void *context) {
    return point->x + (context != 0);
}
static const char *give_text(void) {
    return "real";
}
static struct point *give_point(void) {
    static struct point point = {1, 2};
    return &point;
}
static double give_double(void) {
    return 1;
}
static unsigned char give_byte(void) {
    return 1;
}
static enum color give_color(void) {
    return RED;
}

void test_a_mock_told_nothing_returns_zero(void) {
    mock(take_int);
    mock(give_text);
    mock(give_double);
    assert(take_int(5) == 0);
    assert(give_text() == 0);
    assert(give_double() == 0.0);
}

void test_calls_are_counted(void) {
    mock(take_int);
    assert(mock_call_count(take_int) == 0);
    for (int i = 0; i < 1000; i++)
        take_int(i);
    assert(mock_call_count(take_int) == 1000);
    assert_called_with(take_int, 999);
}

void test_mock_return_mocks(void) {
    mock_return(take_int, 3);
    assert(take_int(1) == 3);
    mock_return(take_int, 4);
    assert(take_int(1) == 4);
    assert(mock_call_count(take_int) == 2);
}

void test_returned_values_convert(void) {
    struct point point = {7, 8};
    mock_return(give_text, "mocked");
    mock_return(give_point, &point);
    mock_return(give_double, 3);
    mock_return(give_byte, 255);
    mock_return(give_color, GREEN);
    mock_return(take_int, 'c');
    assert(strcmp(give_text(), "mocked") == 0);
    assert(give_point()->y == 8);
    assert(give_double() == 3.0);
    assert(give_byte() == 255);
    assert(give_color() == GREEN);
    assert(take_int(0) == 'c');
    mock_return(give_text, NULL);
    assert(give_text() == NULL);
}

void test_expected_values_convert(void) {
    mock(take_wide);
    take_wide(200, -3, 4000000000u, 2.5f, GREEN);
    assert_called_once_with(take_wide, 200, -3, 4000000000, 2.5, 1);
    assert_called_once_with(take_wide, (char)200, -3L, 4e9, 2.5L, GREEN);
}

void test_strings_compare_by_content(void) {
    char text[] = "Jojo";
    mock(take_text);
    take_text("Jojo");
    assert_called_once_with(take_text, text);
    assert_called_once_with(take_text, (const char *)text);
    take_text(NULL);
    assert_called_with(take_text, NULL);
}

void test_strings_are_kept_as_they_were(void) {
    char text[] = "Jojo";
    mock(take_text);
    take_text(text);
    strcpy(text, "Spot");
    assert_called_once_with(take_text, "Jojo");
}

void test_a_pointer_to_data_is_equal_to_itself(void) {
    struct point point = {1, 2}, context = {1, 2};
    mock(take_point);
    take_point(&point, &context);
    point.x = 100;
    assert_called_once_with(take_point, &point, &context);
}

void test_a_null_pointer(void) {
    mock(take_point);
    take_point(NULL, NULL);
    assert_called_once_with(take_point, NULL, NULL);
    assert_called_once_with(take_point, 0, ANY);
}

void test_any(void) {
    struct point point = {1, 2};
    mock(take_point);
    take_point(&point, NULL);
    assert_called_once_with(take_point, ANY, ANY);
    assert_called_with(take_point, ANY, NULL);
}

void test_a_mock_is_its_own_only_in_its_test(void) {
    assert(take_int(5) == 5);
    assert(take_text("x") == 'x');
    assert(take_wide(1, 1, 1, 1, GREEN) == 5);
    assert(take_point(give_point(), NULL) == 1);
    assert(strcmp(give_text(), "real") == 0);
    assert(give_byte() == 1 && give_color() == RED && give_double() == 1.0);
}
