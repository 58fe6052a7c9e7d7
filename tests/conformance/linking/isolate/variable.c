#include "door.h"

int close_zoo(void);
__attribute__((used)) int close_zoo(void) {
    return tickets_left + open_door(0);
}
