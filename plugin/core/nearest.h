/* nearest.h: the name that was meant, where a finger slipped. */
#ifndef CORE_NEAREST_H
#define CORE_NEAREST_H

#include <stdbool.h>

/* How many letters to put in, take out or change to get from one name to the other. */
unsigned nearest_distance(const char *, const char *);
/* Whether one name may be a slip of the finger for the other, a distance apart. Names that
 * differ in digits alone (db1, db2) are two on purpose. */
bool nearest_is_slip(const char *written, const char *meant, unsigned distance);

#endif
