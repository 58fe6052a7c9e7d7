// library: plugin
#include "zoo.h"

int later(void);
int later(void) {
    return feed(7);
}
