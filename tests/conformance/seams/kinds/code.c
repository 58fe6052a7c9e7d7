#include "shared.h"

static int hidden(int x) {
    return x + 1;
}

int halved(int x) {
    return x / 2;
}

int outer(int x) {
    return hidden(doubled(halved(x)));
}
