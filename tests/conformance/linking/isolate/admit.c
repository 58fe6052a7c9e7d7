#include "door.h"

static int door(const struct visitor *visitor) {
    return visitor->age < 12 ? 2 : 1;
}

int admit(struct visitor visitor) {
    if (price(visitor) > 10)
        return 0;
    log_visit("%s through %d", visitor.name, door(&visitor));
    return open_door(door(&visitor));
}
