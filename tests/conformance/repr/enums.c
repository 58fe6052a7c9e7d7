// run: -s -q
#include <thimble.h>

enum color { RED = 1, GREEN = 2, BLUE = 4, WHITE = 7 };
enum day { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };
enum sign { MINUS = -1, NONE, PLUS };
enum access { READ = 1, WRITE = 2, BOTH = 3 };
typedef enum { LIGHT, DARK } shade;
struct lamp {
    enum color color;
    shade shade;
    enum { OFF, ON } state;
};

void test_names(void) {
    enum color color = GREEN;
    shade shade = DARK;
    print_repr(color, (enum day)SUNDAY, (enum sign)MINUS, shade, (enum access)3);
}

void test_flags(void) {
    print_repr((enum color)(RED | BLUE), (enum color)WHITE, (enum color)(RED | 64), (enum color)64);
    print_repr((enum color)0, (enum color)-1);
}

void test_a_value_without_a_name(void) {
    shade neither = 5;
    print_repr((enum day)7, (enum day)9, (enum sign)-7, neither, (enum access)7);
}

void test_in_structs(void) {
    struct lamp lamp = {RED | BLUE, DARK, ON};
    print_repr(lamp);
    lamp.state = 5;
    print_repr(lamp);
}
