#include "../zoo.h"
#include <unistd.h>

int evening(void) {
    return feed(2) + (getppid() < 0);
}
