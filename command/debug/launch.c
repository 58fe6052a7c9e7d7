#include "debug.h"
int debug_program(const struct debug_request *r){(void)r;return 1;}
