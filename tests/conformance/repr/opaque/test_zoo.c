// run: -s -q
#include "zoo.h"
#include <stdlib.h>
#include <thimble.h>

struct keeper {
    struct zoo *zoo;
    int age;
};

void test_the_fields_of_another_file_s_struct(void) {
    struct zoo *zoo = zoo_open("Berlin");
    struct keeper keeper = {zoo, 40};
    print_repr(zoo, keeper, &zoo);
    print_repr(show(zoo));
    zoo_close(zoo);
    print_repr(zoo);
}

void test_a_name_is_enough(void) {
    print_repr(zoo_cage());
}

void test_what_nobody_knows(void) {
    struct unknown *unknown = malloc(16);
    print_repr(unknown);
    free(unknown);
    print_repr(unknown);
}
