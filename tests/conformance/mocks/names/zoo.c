#include "grams.h"

static inline __attribute__((always_inline)) int portion(int grams) {
    return grams / 2;
}

int weigh(int kilos) {
    return grams_of(kilos);
}

int feed(int kilos) {
    return portion(grams_of(kilos));
}
