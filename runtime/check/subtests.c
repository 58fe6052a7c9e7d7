#include "subtests.h"

uint32_t _thimble_split_subtests(struct span message, struct text *own, struct subtest *list,
                                 uint32_t room) {
    (void)list, (void)room;
    _thimble_put(own, message.bytes, message.length);
    return 0;
}
