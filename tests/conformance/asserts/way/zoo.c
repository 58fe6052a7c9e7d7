#include "zoo.h"
#include <assert.h>

static int feed(int animal) {
    assert(animal != 2);
    return animal;
}

int feed_all(int animals) {
    int fed = 0;
    for (int i = 0; i < animals; i++)
        fed += feed(i);
    return fed;
}
