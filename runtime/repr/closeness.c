#include "closeness.h"

/* The distance of infinities of one sign is none. */
static long double apart(long double a, long double b) {
    long double distance = a == b ? 0 : a - b;
    return distance < 0 ? -distance : distance;
}

/* Of a number between 1 and 2, by Newton. The runtime does without libm. */
static long double square_root(long double of) {
    long double root = (1 + of) / 2;
    for (int i = 0; i < 8; i++)
        root = (root + of / root) / 2;
    return root;
}

/* The hypotenuse, where no square can overflow. */
static long double diagonal(long double a, long double b) {
    long double longer = a > b ? a : b, shorter = a > b ? b : a;
    if (!(longer > 0) || a != a || b != b || _thimble_is_infinite(longer))
        return a != a || b != b ? a + b : longer;
    long double ratio = shorter / longer;
    return longer * square_root(1 + ratio * ratio);
}

struct distance _thimble_measure(const struct quantity *a, const struct quantity *b) {
    struct distance distance = {
        .real = diagonal(apart(a->real, b->real), apart(a->imaginary, b->imaginary))};
    magnitude x = a->integer.magnitude, y = b->integer.magnitude;
    if (!a->whole || !b->whole)
        return distance;
    bool across = a->integer.negative != b->integer.negative;
    distance.whole = across ? x + y : x > y ? x - y : y - x;
    distance.exact = !across || distance.whole >= x; /* else the sum is larger than any integer */
    return distance;
}

/* Integers are compared as such: a long double may not hold all digits of a large one. */
bool _thimble_is_within(const struct distance *distance, const struct quantity *tolerance) {
    const long double too_large = 2.0L * (long double)((magnitude)1 << (sizeof(magnitude) * 8 - 1));
    if (!distance->exact)
        return distance->real <= tolerance->real;
    if (tolerance->whole)
        return distance->whole <= tolerance->integer.magnitude;
    return tolerance->real >= too_large || distance->whole <= (magnitude)tolerance->real;
}
