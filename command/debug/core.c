#include "debug.h"
int debug_core(const struct debug_request *r){(void)r;return 1;}
