// modes: O2 O3 lto fortify
#include "inline.h"

int four_times(int x);

int four_times(int x) {
    return twice(twice(x));
}
