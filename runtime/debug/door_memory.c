#include "answer.h"

struct debug_memory _thimble_debug_memory;
